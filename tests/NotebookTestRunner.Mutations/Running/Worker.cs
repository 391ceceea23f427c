using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using NotebookTestRunner.Mutations.Seeding;
using Xunit;
using Xunit.Runner.Common;
using Xunit.Sdk;
using Xunit.v3;

namespace NotebookTestRunner.Mutations.Running;

/// <summary>
/// Runs test methods on request inside a process that stays, so that a fault costs as long as the tests take that notice it. Requests come through
/// a named pipe: the tests and what they start have the console for themselves.
/// </summary>
/// <param name="tests">The tests' assembly.</param>
/// <param name="faulty">The assembly with the faults.</param>
internal sealed class Worker(Assembly tests, Assembly faulty)
{
    /// <summary>The program's first argument when it is to be a worker.</summary>
    public const string Argument = "worker";

    private readonly Type @switch = faulty.GetType(FaultSwitch.TypeName) ?? throw new InvalidOperationException($"{faulty.Location} has no faults.");
    private readonly TestAssemblyConfiguration configuration = new() { ParallelMode = ParallelMode.None, PreEnumerateTheories = true, StopOnFail = true, SynchronousMessageReporting = true };
    private readonly string reachedByChildren = Path.Combine(Path.GetTempPath(), $"faults-reached-{Environment.ProcessId}.txt");
    private readonly Dictionary<string, List<ITestCase>> cases = [];
    private ITestFrameworkExecutor? executor;

    /// <summary>Answers requests until the pipe is closed.</summary>
    /// <param name="pipeName">The pipe.</param>
    /// <param name="testAssembly">The path of the tests' assembly.</param>
    /// <param name="faultyAssembly">The path of the assembly with the faults.</param>
    public static async Task ServeAsync(string pipeName, string testAssembly, string faultyAssembly)
    {
        var context = AssemblyLoadContext.Default;
        var worker = new Worker(context.LoadFromAssemblyPath(testAssembly), context.LoadFromAssemblyPath(faultyAssembly));
        await worker.DiscoverAsync();
        await using var pipe = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous);
        await pipe.ConnectAsync();
        using var reader = new StreamReader(pipe);
        await using var writer = new StreamWriter(pipe) { AutoFlush = true };
        while (await reader.ReadLineAsync() is { } line)
        {
            var request = JsonSerializer.Deserialize(line, RunningJson.Default.TestRequest)!;
            var answer = request.Test is { } test ? await worker.RunAsync(test, request) : new TestAnswer(TestEnd.Passed, "", 0) { Tests = [.. worker.cases.Keys] };
            await writer.WriteLineAsync(JsonSerializer.Serialize(answer, RunningJson.Default.TestAnswer));
        }
    }

    private async Task DiscoverAsync()
    {
        BeginContext();
        var framework = RegisteredEngineConfig.GetTestFramework(tests, null);
        executor = framework.GetExecutor(tests);
        await framework.GetDiscoverer(tests).Find(found =>
        {
            // Of a theory each line of data is a test; lines that cannot be told apart are one.
            var name = string.Join(' ', found.TestCaseDisplayName.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (found.SkipReason is null) (cases.TryGetValue(name, out var known) ? known : cases[name] = []).Add(found);
            return ValueTask.FromResult(true);
        }, TestFrameworkOptions.ForDiscovery(configuration));
    }

    private async Task<TestAnswer> RunAsync(string test, TestRequest request)
    {
        if (!cases.TryGetValue(test, out var chosen)) return new TestAnswer(TestEnd.Passed, "there is no such test", 0);
        var reached = request.Record ? new ConcurrentDictionary<int, bool>() : null;
        SetSwitch(request.Fault, reached);
        BeginContext();
        var failures = new Failures();
        var clock = Stopwatch.StartNew();
        await executor!.RunTestCases(chosen, failures, TestFrameworkOptions.ForExecution(configuration));
        clock.Stop();
        SetSwitch(-1, null);
        if (reached is not null && File.Exists(reachedByChildren))
        {
            foreach (var number in (await File.ReadAllTextAsync(reachedByChildren)).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                reached[int.Parse(number, CultureInfo.InvariantCulture)] = true;
            File.Delete(reachedByChildren);
        }

        return new TestAnswer(failures.First is null ? TestEnd.Passed : TestEnd.Failed, failures.First ?? "", clock.Elapsed.TotalMilliseconds)
        {
            Reached = [.. reached?.Keys ?? []],
            ReachedOnce = [.. reached?.Where(pair => !pair.Value).Select(pair => pair.Key) ?? []],
        };
    }

    // It goes with the flow of calls, so each that begins at a request needs its own.
    private static void BeginContext() => TestContext.SetForInitialization(null, false, false);

    // The variables are for processes that the test starts.
    private void SetSwitch(int fault, ConcurrentDictionary<int, bool>? reached)
    {
        @switch.GetField(FaultSwitch.ReachedField)!.SetValue(null, reached);
        @switch.GetField(FaultSwitch.ActiveField)!.SetValue(null, fault);
        Environment.SetEnvironmentVariable(FaultSwitch.FaultVariable, fault < 0 ? null : fault.ToString(CultureInfo.InvariantCulture));
        Environment.SetEnvironmentVariable(FaultSwitch.ReachedVariable, reached is null ? null : reachedByChildren);
    }

    private sealed class Failures : IMessageSink
    {
        public string? First { get; private set; }

        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is IErrorMetadata error) First ??= error.Messages.FirstOrDefault() ?? "failed";
            return First is null;
        }
    }
}
