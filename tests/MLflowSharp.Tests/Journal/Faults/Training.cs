using System.Diagnostics;
using TrainingProcess;

namespace MLflowSharp.Tests.Journal.Faults;

/// <summary>A training in a process of its own, which can be killed at any moment.</summary>
public sealed class Training : IDisposable
{
    private readonly Process _process;
    private readonly Progress _progress;
    private readonly long _first;

    private Training(Process process, Progress progress, long first)
    {
        _process = process;
        _progress = progress;
        _first = first;
    }

    /// <summary>How many values it has logged: so many calls have returned.</summary>
    public long Logged => Math.Max(_progress.Logged - _first, 0);

    /// <summary>How long the slowest call of a metric took; the first, which waits for the store, is not counted.</summary>
    public TimeSpan Slowest => _progress.Slowest;

    /// <summary>What it wrote to the standard error stream; complete when it has ended.</summary>
    public Task<string> Errors { get; private init; } = Task.FromResult("");

    /// <summary>Starts one.</summary>
    /// <param name="trackingUri">Its store.</param>
    /// <param name="runId">The run it logs to.</param>
    /// <param name="progressFile">Where it says how far it came.</param>
    /// <param name="first">Its first step.</param>
    /// <param name="steps">How many steps it makes.</param>
    /// <param name="pause">Milliseconds between them.</param>
    /// <param name="ends">Whether it ends the run.</param>
    /// <param name="answer">Seconds to wait for the store's answer; null for the default.</param>
    /// <param name="configure">Changes the command.</param>
    public static Training Start(
        string trackingUri, string runId, string progressFile, long first, long steps, int pause = 0, bool ends = false, int? answer = null, Action<ProcessStartInfo>? configure = null)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "TrainingProcess.dll"), trackingUri, runId, progressFile, $"{first}", $"{steps}", $"{pause}", ends ? "end" : "", answer is null ? "" : $"answer={answer}"])
        {
            RedirectStandardError = true,
        };
        configure?.Invoke(start);
        var process = Process.Start(start)!;
        return new(process, new(progressFile), first) { Errors = process.StandardError.ReadToEndAsync() };
    }

    /// <summary>Waits until it has logged so many values.</summary>
    public async Task ReachAsync(long values)
    {
        while (Logged < values)
        {
            Assert.False(_process.HasExited && Logged < values, $"The training ended after {Logged} values: {(_process.HasExited ? await Errors : "")}");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    /// <returns>How many values it had logged.</returns>
    public async Task<long> KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return Logged;
    }

    /// <summary>Lets it go on after it was stopped; when it runs on a <see cref="Machine"/>, the program that entered stops and goes on with it.</summary>
    public void Continue()
    {
        using var process = Process.Start("kill", ["-CONT", $"{_process.Id}"]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        _progress.Dispose();
    }
}
