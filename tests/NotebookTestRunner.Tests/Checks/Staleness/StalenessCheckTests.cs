using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.Staleness;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Tests.Checks.Staleness;

public sealed class StalenessCheckTests : InspectionTest
{
    protected override INotebookCheck Check => new StalenessCheck();

    [Fact]
    public async Task Of_a_notebook_that_no_update_stored_nothing_is_known() => Assert.Empty(await FindAsync("one", "two"));

    [Fact]
    public async Task Outputs_of_the_code_that_stands_there_are_fresh() => Assert.Empty(await AfterAsync(text => text));

    [Fact]
    public async Task Blanks_at_the_end_and_line_ends_change_nothing() => Assert.Empty(await AfterAsync(text => text.Replace("second", "second  \\r\\n", StringComparison.Ordinal)));

    [Fact]
    public async Task Changed_code_makes_its_outputs_stale_and_those_below_are_not_blamed() =>
        Assert.StartsWith("2: Its code was changed", Assert.Single(await AfterAsync(text => text.Replace("second", "other", StringComparison.Ordinal))), StringComparison.Ordinal);

    [Fact]
    public async Task A_deleted_cell_makes_the_one_below_it_stale()
    {
        var found = await AfterAsync(text => text.Replace("second", "", StringComparison.Ordinal));

        Assert.StartsWith("3: Cells above it were moved or deleted", Assert.Single(found), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_cell_is_found() =>
        Assert.StartsWith("2: It is new", Assert.Single(await AfterAsync(text => text.Replace("cell-2", "cell-9", StringComparison.Ordinal))), StringComparison.Ordinal);

    private async Task<IReadOnlyList<string>> AfterAsync(Func<string, string> edit)
    {
        var notebook = TestNotebook.Of("first", "second", "third");
        Assert.True(CodeHash.Store(notebook));
        Assert.False(CodeHash.Store(notebook));
        var edited = edit(notebook.ToJson());
        if (edited != notebook.ToJson()) edited = Restored(edited, notebook);
        var path = Folder.Write("lesson.ipynb", edited);
        return [.. (await new NotebookRunner(new RunOptions { Checks = [Check] }).InspectAsync(path, Token)).Findings.Select(finding => $"{finding.CellNumber}: {finding.Message}")];
    }

    /// <summary>The edited notebook with what was remembered before the edit.</summary>
    private static string Restored(string edited, Notebook before)
    {
        var notebook = Notebook.Parse(edited, "edited");
        notebook.SetMetadata("notebook_test", "code", before.Metadata["notebook_test"]!["code"]!.DeepClone());
        return notebook.ToJson();
    }
}
