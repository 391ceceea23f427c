using System.Diagnostics;
using TrainingProcess;

namespace MLflowSharp.Tests.Journal;

/// <summary>A training in a process of its own, which can be killed at any moment.</summary>
internal sealed class Training : IDisposable
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

    /// <summary>What it wrote to the standard error stream; complete when it has ended.</summary>
    public Task<string> Errors { get; private init; } = Task.FromResult("");

    public static Training Start(
        string trackingUri, string runId, string progressFile, long first, long steps, int pause = 0, bool ends = false, Action<ProcessStartInfo>? configure = null)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "TrainingProcess.dll"), trackingUri, runId, progressFile, $"{first}", $"{steps}", $"{pause}", ends ? "end" : ""])
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

    /// <summary>Waits for its end.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        _progress.Dispose();
    }
}
