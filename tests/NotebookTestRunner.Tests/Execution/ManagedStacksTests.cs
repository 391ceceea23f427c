using System.Text.RegularExpressions;
using CSharpKernel.KernelSpecs;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Processes;
using NotebookTestRunner.Execution;

namespace NotebookTestRunner.Tests.Execution;

/// <summary>Where a cell of the real C# kernel hangs is read from outside.</summary>
public sealed class ManagedStacksTests : IDisposable
{
    private const string Doze = "using System.Threading;\nvoid Doze() { while (true) { try { Thread.Sleep(Timeout.Infinite); } catch (ThreadInterruptedException) { } } }\nDoze();";

    private readonly TemporaryFolder _folder = new();

    public ManagedStacksTests() => KernelSpecInstaller.InstallInto(_folder.File("jupyter"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Doze, "Thread.Sleep", "Doze")]
    [InlineData("using System.Threading;\nclass Pair { public static object First = new(); public static void Take() { lock (First) { } } }\nnew Thread(() => { lock (Pair.First) { Thread.Sleep(Timeout.Infinite); } }) { IsBackground = true }.Start();\nwhile (!Monitor.IsEntered(Pair.First) && Monitor.TryEnter(Pair.First)) Monitor.Exit(Pair.First);\nPair.Take();", "Monitor", "Pair.Take")]
    [InlineData("async Task TurnAsync() { await Task.Yield(); while (true) { } }\nawait TurnAsync();", "TurnAsync", "TurnAsync")]
    public async Task The_methods_that_a_cells_thread_is_in_are_named(string code, string waits, string method)
    {
        await using var kernel = await KernelProcess.StartAsync(new KernelSpecStore([_folder.File("jupyter")]).Find(KernelSpecInstaller.KernelName), cancellationToken: TestContext.Current.CancellationToken);
        _ = kernel.Client.ExecuteAsync(code, cancellationToken: TestContext.Current.CancellationToken);

        IReadOnlyList<string>? cell = null;
        for (var attempt = 0; attempt < 100 && cell is null; attempt++)
        {
            var threads = await ManagedStacks.ReadAsync(kernel.ProcessId, TestContext.Current.CancellationToken);
            cell = threads.FirstOrDefault(methods => methods.Any(name => name.Contains(waits, StringComparison.Ordinal))
                && methods.Any(name => name.StartsWith("Submission#", StringComparison.Ordinal) && name.EndsWith(method, StringComparison.Ordinal)));
        }

        Assert.NotNull(cell);
        await kernel.KillAsync();
    }

    [Fact]
    public async Task The_message_of_a_cell_that_hangs_says_where_it_was()
    {
        var path = _folder.Write("lesson.ipynb", TestNotebook.Json(KernelSpecInstaller.KernelName, "1", "// test: timeout 15\n" + Doze, "2"));

        var result = await new NotebookRunner(new RunOptions { KernelSpecDirectories = [_folder.File("jupyter")], Mode = ComparisonMode.Lax })
            .RunAsync(path, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([Verdict.Passed, Verdict.Failed, Verdict.NotRun], result.Cells.Select(cell => cell.Verdict));
        var message = result.Cells[1].Message!;
        Assert.True(Regex.IsMatch(message, @"(?s)^ran longer than 15 s.*\nWhere it was:\n.*  at System\.Threading\.Thread\.Sleep\n.*  at Submission#\d+\.Doze\n"), message);
    }

    [Fact]
    public async Task A_process_that_is_not_of_dotnet_tells_nothing() => Assert.Empty(await ManagedStacks.ReadAsync(1, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("System.Threading.Thread.Sleep(int32)", "System.Threading.Thread.Sleep")]
    [InlineData("Submission#3.Train()", "Submission#3.Train")]
    [InlineData("Submission#3+Net.Forward(class Tensor)", "Submission#3.Net.Forward")]
    [InlineData("Submission#0+<<Initialize>>d__0.MoveNext()", "Submission#0.(top level)")]
    [InlineData("Submission#0+<RunAsync>d__5.MoveNext()", "Submission#0.RunAsync")]
    [InlineData("Submission#0.<Train>g__Step|0_1()", "Submission#0.Step")]
    [InlineData("Submission#0+<>c__DisplayClass4_0.<Train>b__1(int32)", "Submission#0.Train.lambda")]
    [InlineData("Program.<Main>$(string[])", "Program.<Main>$")]
    public void A_method_is_named_as_its_author_wrote_it(string method, string readable) => Assert.Equal(readable, ManagedStacks.Readable(method));
}
