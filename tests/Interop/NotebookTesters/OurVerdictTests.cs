using NotebookCorpus;
using NotebookCorpus.Testers;

namespace Interop.NotebookTesters;

/// <summary>Our runner says about each notebook of the corpus what is expected of it, and in which cell.</summary>
public sealed class OurVerdictTests
{
    [Fact]
    public async Task With_default_settings_defects_are_caught_in_their_cell_and_clean_notebooks_pass() => await JudgeAsync(Corpus.All, Judging.Plain);

    [Fact]
    public async Task With_their_authors_marks_what_cannot_be_seen_in_outputs_is_caught_too() =>
        await JudgeAsync([.. Corpus.All.Where(notebook => notebook.HasMarks)], Judging.Marked);

    [Fact]
    public async Task An_audit_of_the_files_finds_what_no_run_shows() => await JudgeAsync(Corpus.All, Judging.Audited);

    private static async Task JudgeAsync(IReadOnlyList<CorpusNotebook> notebooks, Judging how)
    {
        var run = new OurCorpusRun(PythonEnvironment.CheckoutFolder, PythonEnvironment.Require().Executable);

        var surprises = await run.SurprisesAsync(notebooks, how, TestContext.Current.CancellationToken);

        Assert.True(surprises.Count == 0, $"{surprises.Count} of {notebooks.Count} notebooks:\n{string.Join('\n', surprises)}");
    }
}
