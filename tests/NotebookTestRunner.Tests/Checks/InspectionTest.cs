using NotebookTestRunner.Checks;

namespace NotebookTestRunner.Tests.Checks;

/// <summary>For tests of checks that look at a notebook's file.</summary>
public abstract class InspectionTest : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private protected TemporaryFolder Folder => folder;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract INotebookCheck Check { get; }

    /// <summary>The kernel that notebooks name.</summary>
    protected virtual string Kernel => "scripted";

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<IReadOnlyList<Finding>> FindAsync(params TestCell[] cells) =>
        (await new NotebookRunner(new RunOptions { Checks = [Check] }).InspectAsync(folder.Write("lesson.ipynb", TestNotebook.Json(Kernel, cells)), Token)).Findings;

    /// <summary>What is found: the cell, and the message's beginning up to the first full stop or colon.</summary>
    private protected async Task<IEnumerable<string>> BriefAsync(params TestCell[] cells) =>
        (await FindAsync(cells)).Select(finding => $"{finding.CellNumber}: {finding.Message}{(finding.IsError ? "" : " (warning)")}");
}
