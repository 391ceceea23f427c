using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.Prose;
using NotebookTestRunner.Tests.Execution;

namespace NotebookTestRunner.Tests.Checks.Prose;

/// <summary>For tests of claims in the prose of notebooks that are run on the scripted kernel.</summary>
public abstract class ProseTest : RunningTest
{
    private protected RunOptions Checked => Options with { Checks = [new ProseCheck()], Mode = ComparisonMode.Lax };

    private protected async Task<IReadOnlyList<Finding>> FindingsAsync(params TestCell[] cells) => All(await RunAsync(Checked, cells));

    private protected static IReadOnlyList<Finding> All(NotebookResult result) => [.. result.Cells.SelectMany(cell => cell.Findings), .. result.Findings];

    private protected async Task<string> OnlyMessageAsync(params TestCell[] cells)
    {
        var finding = Assert.Single(await FindingsAsync(cells));
        Assert.True(finding.IsError);
        return finding.Message;
    }

    private protected Task<NotebookRunException> RefusalAsync(params TestCell[] cells) => Assert.ThrowsAsync<NotebookRunException>(() => RunAsync(Checked, cells));
}
