using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text.Json;
using NotebookTestRunner.Mutations.Seeding;

namespace NotebookTestRunner.Mutations.Running;

/// <summary>A process that runs tests on request, seen from outside: it is killed when a test does not end.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly NamedPipeServerStream pipe;
    private readonly StreamReader reader;
    private readonly StreamWriter writer;

    private WorkerProcess(Process process, NamedPipeServerStream pipe)
    {
        (this.process, this.pipe) = (process, pipe);
        reader = new StreamReader(pipe, leaveOpen: true);
        writer = new StreamWriter(pipe, leaveOpen: true) { AutoFlush = true };
    }

    /// <summary>Whether it still answers.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Starts one.</summary>
    /// <param name="tests">The tests, with the assembly that has the faults.</param>
    /// <param name="fault">The fault that is on from the start, so that it takes part in what is computed once; -1 for none.</param>
    /// <exception cref="InvalidOperationException">It does not come up.</exception>
    public static async Task<WorkerProcess> StartAsync(TestCopy tests, int fault = -1)
    {
        var name = $"mutations-{Guid.NewGuid():n}";
        var pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        var ownAssembly = Path.Combine(tests.Folder, Path.GetFileName(typeof(WorkerProcess).Assembly.Location));
        var start = new ProcessStartInfo("dotnet",
        [
            "exec", "--depsfile", Path.ChangeExtension(tests.TestAssembly, ".deps.json"), "--runtimeconfig", Path.ChangeExtension(tests.TestAssembly, ".runtimeconfig.json"),
            ownAssembly, Worker.Argument, name, tests.TestAssembly, tests.FaultyAssembly,
        ]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = tests.Folder };
        if (fault >= 0) start.Environment[FaultSwitch.FaultVariable] = fault.ToString(CultureInfo.InvariantCulture);
        // A fault that lets something grow without end is an exception then, and not the end of the machine.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x60000000";
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = new List<string>();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => { if (errors.Count < 20 && line.Data is { } text) errors.Add(text); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var stop = new CancellationTokenSource(StartLimit);
        var ended = process.WaitForExitAsync(stop.Token);
        var connected = pipe.WaitForConnectionAsync(stop.Token);
        if (await Task.WhenAny(connected, ended) == connected && connected.IsCompletedSuccessfully) return new WorkerProcess(process, pipe);
        process.Kill(entireProcessTree: true);
        await pipe.DisposeAsync();
        throw new InvalidOperationException($"The process that runs {tests.Subject.Tests} did not come up within {StartLimit.TotalMinutes:0} minutes:\n{string.Join('\n', errors)}");
    }

    /// <summary>The names of all test methods.</summary>
    public async Task<IReadOnlyList<string>> ListAsync() => (await AskAsync(new TestRequest(null, -1, false), StartLimit)).Tests;

    /// <summary>Runs one test method.</summary>
    /// <param name="test">The class's full name and the method's.</param>
    /// <param name="fault">The fault that is on meanwhile; -1 for none.</param>
    /// <param name="limit">How long it may take; then the process is killed.</param>
    /// <param name="record">Whether the places that are reached are wanted.</param>
    public Task<TestAnswer> RunAsync(string test, int fault, TimeSpan limit, bool record = false) => AskAsync(new TestRequest(test, fault, record), limit);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
        await pipe.DisposeAsync();
    }

    private async Task<TestAnswer> AskAsync(TestRequest request, TimeSpan limit)
    {
        using var stop = new CancellationTokenSource(limit);
        try
        {
            await writer.WriteLineAsync(JsonSerializer.Serialize(request, RunningJson.Default.TestRequest).AsMemory(), stop.Token);
            if (await reader.ReadLineAsync(stop.Token) is { } answer) return JsonSerializer.Deserialize(answer, RunningJson.Default.TestAnswer)!;
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            return new TestAnswer(TestEnd.TimedOut, $"did not end in {limit.TotalSeconds:0} s", limit.TotalMilliseconds);
        }
        catch (IOException)
        {
            // Said below: the process is gone.
        }

        await KillAsync();
        return new TestAnswer(TestEnd.Failed, "took its process down", 0);
    }

    private async Task KillAsync()
    {
        if (!IsAlive) return;
        IsAlive = false;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }
}
