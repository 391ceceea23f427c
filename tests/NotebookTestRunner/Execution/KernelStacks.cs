using System.Text;
using System.Text.Json.Nodes;
using JupyterProtocol;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Resources;

namespace NotebookTestRunner.Execution;

/// <summary>
/// Finds out where a kernel hangs that does not answer, before it is ended. Python tells the stacks of its threads at a signal, for which it is made
/// ready after its start; the runtime of .NET tells them when asked; of others the system tells their threads.
/// </summary>
internal static class KernelStacks
{
    private const int MostLines = 200;
    private const int MostThreads = 10;
    private const int MostMethods = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(150);

    // An expression that leaves no names behind in the notebook. The handler works in C, whatever the interpreter is busy with.
    private const string PreparePython =
        "__import__('faulthandler').register(__import__('signal').SIGUSR1, file=__import__('sys').__stderr__, all_threads=True)";

    /// <summary>Makes a kernel ready to be asked, where it has to be.</summary>
    public static async Task PrepareAsync(KernelSession session, RunOptions options, CancellationToken cancellationToken)
    {
        var language = session.Process.Info.Content["language_info"] is JsonObject facts ? MultilineText.TryJoin(facts["name"]) : null;
        if (!"python".Equals(language, StringComparison.OrdinalIgnoreCase) || Platform.Current.IsWindows) return;
        try
        {
            var evaluation = await new RunningKernel(session, options.CellTimeout ?? CellOracle.DefaultTimeout, options.InterruptGracePeriod).EvaluateAsync(PreparePython, cancellationToken);
            session.TellsStacks = evaluation.Error is null;
        }
        catch (NotebookRunException)
        {
            // Then it will not tell; the notebook may run all the same.
            session.TellsStacks = false;
        }
    }

    // The types that cells of C# and F# are compiled into.
    private static readonly string[] TypesOfCells = ["Submission#", "FSI_"];

    /// <summary>Where a running cell of .NET is: the methods its threads are in, in lines. Empty for other kernels, and when nothing can be told.</summary>
    public static async Task<string> DescribeCellAsync(KernelSession session, CancellationToken cancellationToken) =>
        IsHere(session) ? "" : Cells(await ManagedStacks.ReadAsync(session.Process.ProcessId, cancellationToken));

    /// <summary>Where it is now, in lines; empty when nothing can be told.</summary>
    public static async Task<string> DescribeAsync(KernelSession session, TimeProvider time)
    {
        if (IsHere(session)) return "";
        var managed = await ManagedStacks.ReadAsync(session.Process.ProcessId);
        if (Cells(managed) is { Length: > 0 } cells) return $"\nWhere it was:\n{cells}";
        if (managed.Count > 0) return $"\nThe stacks of its threads:\n{string.Join("\n\n", managed.Take(MostThreads).Select(methods => Lines(methods, MostMethods)))}";
        if (session.TellsStacks && await AskAsync(session, time) is { Length: > 0 } stacks) return $"\nThe stacks of its threads:\n{stacks}";
        var threads = new ProcessTree(session.Process.ProcessId).Threads();
        return threads.Count == 0 ? "" : $"\nIts threads, as the system sees them:\n  {string.Join("\n  ", threads)}";
    }

    // A runtime cannot be asked from inside; there a debugger can.
    private static bool IsHere(KernelSession session) => session.Process.ProcessId == Environment.ProcessId;

    private static async Task<string> AskAsync(KernelSession session, TimeProvider time)
    {
        var lines = new List<string>();
        var last = time.GetTimestamp();
        session.Process.Wrote += Take;
        try
        {
            if (!Platform.SendUserSignal(session.Process.ProcessId)) return "";
            for (var waited = TimeSpan.Zero; waited < Patience; waited += Silence)
            {
                await Task.Delay(Silence, time);
                lock (lines)
                {
                    if (lines.Count > 0 && time.GetElapsedTime(last) >= Silence) break;
                }
            }
        }
        finally
        {
            session.Process.Wrote -= Take;
        }
        lock (lines) return Arrange(lines);

        void Take(string line)
        {
            lock (lines)
            {
                last = time.GetTimestamp();
                if (lines.Count < MostLines) lines.Add(line);
            }
        }
    }

    /// <summary>Of threads that are in the code of cells the stacks down to that code.</summary>
    private static string Cells(IEnumerable<IReadOnlyList<string>> managed) =>
        string.Join("\n\n", managed.Select(methods => (Methods: methods, Cell: methods.ToList().FindLastIndex(method => TypesOfCells.Any(method.Contains))))
            .Where(thread => thread.Cell >= 0).Take(MostThreads).Select(thread => Lines(thread.Methods, thread.Cell + 1)));

    private static string Lines(IReadOnlyList<string> methods, int most)
    {
        // A recursion without end is as deep as its stack is large.
        var shown = methods.Take(most).ToList();
        if (shown.Count > 3 * MostMethods) shown = [.. shown[..(2 * MostMethods)], "…", .. shown[^MostMethods..]];
        return string.Join('\n', shown.Select(method => $"  at {method}"));
    }

    /// <summary>The thread that runs cells first, which Python tells last, and each stack without its lower end in the kernel's own code.</summary>
    private static string Arrange(List<string> lines)
    {
        var threads = new List<List<string>>();
        foreach (var line in lines)
        {
            if (line.StartsWith("Thread ", StringComparison.Ordinal) || line.StartsWith("Current thread ", StringComparison.Ordinal)) threads.Add([line]);
            else if (threads.Count > 0) threads[^1].Add(line);
        }
        threads.Reverse();
        var text = new StringBuilder();
        foreach (var thread in threads)
        {
            var end = thread.FindIndex(line => line.Contains("in run_code", StringComparison.Ordinal));
            foreach (var line in thread.Take(end < 0 ? 12 : end)) text.AppendLine(line);
            if (end >= 0 || thread.Count > 12) text.AppendLine("  …");
        }
        return text.ToString().TrimEnd();
    }
}
