using System.Diagnostics.Tracing;
using System.Text.RegularExpressions;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing.Etlx;

namespace NotebookTestRunner.Execution;

/// <summary>
/// Reads where the threads of a .NET process are, from outside: its runtime samples them and names their methods over the diagnostic port that each
/// process of .NET has unless it is forbidden (https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port). It takes about a second, and is given up after half a minute.
/// </summary>
internal static partial class ManagedStacks
{
    private const string Sampler = "Microsoft-DotNETCore-SampleProfiler";
    private const int MegabytesForNames = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(50);

    /// <summary>The methods that each thread is in, the innermost first; empty when the process is not of .NET, or does not tell.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="cancellationToken">Gives up, as if it did not tell.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> ReadAsync(int processId, CancellationToken cancellationToken = default)
    {
        if (!DiagnosticsClient.GetPublishedProcesses().Contains(processId)) return [];
        var folder = Directory.CreateTempSubdirectory("notebook-stacks-").FullName;
        try
        {
            var trace = Path.Combine(folder, "kernel.nettrace");
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            await SampleAsync(processId, trace, limit.Token).WaitAsync(limit.Token);
            return Read(trace);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The process ends meanwhile and what it wrote is torn, or its runtime is stuck itself: that is told without the stacks.
            System.Diagnostics.Debug.WriteLine(error.Message);
            return [];
        }
        finally
        {
            Delete(folder);
        }
    }

    private static async Task SampleAsync(int processId, string trace, CancellationToken cancellationToken)
    {
        using var session = await new DiagnosticsClient(processId).StartEventPipeSessionAsync(
            [new EventPipeProvider(Sampler, EventLevel.Informational)], requestRundown: true, MegabytesForNames, cancellationToken);
        await using var file = File.Create(trace);
        var copying = session.EventStream.CopyToAsync(file, cancellationToken);
        await Task.Delay(Sampling, cancellationToken);
        // Its end is when the runtime writes the names of all methods.
        await session.StopAsync(cancellationToken);
        await copying;
    }

    private static List<IReadOnlyList<string>> Read(string trace)
    {
        using var log = new TraceLog(TraceLog.CreateFromEventPipeDataFile(trace));
        var threads = new Dictionary<int, IReadOnlyList<string>>();
        foreach (var sample in log.Events.Where(sample => sample.ProviderName == Sampler))
        {
            var methods = new List<string>();
            for (var stack = sample.CallStack(); stack is not null; stack = stack.Caller)
            {
                // What is not managed has no name here.
                if (stack.CodeAddress.FullMethodName is { Length: > 0 } method) methods.Add(Readable(method));
            }
            if (methods.Count > 0) threads[sample.ThreadID] = methods;
        }
        return [.. threads.Values];
    }

    /// <summary>A method as its author wrote it: compilers move the code of async methods, local functions and lambdas into classes and names of their own.</summary>
    internal static string Readable(string method)
    {
        method = method.Split('(')[0].Replace('+', '.');
        method = TopLevel().Replace(method, "(top level)");
        method = Async().Replace(method, "${name}");
        method = LocalFunction().Replace(method, "${name}");
        return Closure().Replace(Lambda().Replace(method, "${name}.lambda"), "");
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // On Windows while the stuck process still writes: the system's folder for temporary files is cleaned up by the system.
            System.Diagnostics.Debug.WriteLine(error.Message);
        }
    }

    // The code of a script's submission outside its methods.
    [GeneratedRegex(@"<<Initialize>>(?:d__\d+\.MoveNext|\w*)|<Initialize>")]
    private static partial Regex TopLevel();

    [GeneratedRegex(@"<(?<name>\w+)>d__\d+(?:`\d+)?\.MoveNext")]
    private static partial Regex Async();

    [GeneratedRegex(@"(?:<[^>]*>+|\(top level\))g__(?<name>\w+)\|[\d_]+")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"<(?<name>[^>]*)>b__[\d_]+")]
    private static partial Regex Lambda();

    [GeneratedRegex(@"<>c(?:__DisplayClass[\d_]+)?(?:`\d+)?\.")]
    private static partial Regex Closure();
}
