using NotebookTestRunner;
using NotebookTestRunner.Exercises;
using NotebookTestRunner.Notebooks;

namespace Notebooks;

/// <summary>Each code cell of each lesson is a test: it must run and show what is stored.</summary>
public sealed class CellTests
{
    /// <summary>Stands for the notebook where there is no cell to name, as its file cannot be read.</summary>
    private const int WholeNotebook = 0;

    public static IEnumerable<TheoryDataRow<string, int>> Cells() => Lessons.Names.SelectMany(CellsOf);

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Cell(string notebook, int number)
    {
        var result = await Lessons.ResultAsync(notebook, TestContext.Current.CancellationToken);

        var cell = Assert.Single(result.Cells, cell => cell.Number == number);
        foreach (var note in cell.ComparisonNotes) TestContext.Current.TestOutputHelper?.WriteLine(note);
        Assert.SkipWhen(cell.Verdict == Verdict.Skipped, cell.Message ?? "Skipped.");
        if (cell.Verdict != Verdict.Passed) Assert.Fail(cell.Message ?? cell.Verdict.ToString());
    }

    public static TheoryData<string> Notebooks() => [.. Lessons.Names];

    /// <summary>What belongs to no code cell: claims in the text, contracts of the whole, a kernel that died.</summary>
    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task Text_and_whole(string notebook)
    {
        var result = await Lessons.ResultAsync(notebook, TestContext.Current.CancellationToken);

        Assert.True(result.Message is null, result.Message);
        Assert.Empty(result.Findings.Where(finding => finding.IsError).Select(finding => $"cell {finding.CellNumber} {finding}"));
    }

    private static IEnumerable<TheoryDataRow<string, int>> CellsOf(string name)
    {
        Notebook notebook;
        try
        {
            notebook = Lessons.Read(name);
        }
        catch (NotebookRunException)
        {
            // Running it says what is wrong, in a test that fails.
            return [Row(name, WholeNotebook, name)];
        }
        // Wrong answers are run, and must get their hints, where the check of their exercise is.
        return notebook.CodeCells.Where(cell => !cell.Tags.Contains(Exercise.WrongAnswerTag)).Select(cell => Row(name, cell.Number, $"{name} › cell {cell.Number}: {cell.FirstLine}"));
    }

    // An empty label keeps the arguments, which the name already tells, out of it.
    private static TheoryDataRow<string, int> Row(string notebook, int number, string displayName) =>
        new(notebook, number) { TestDisplayName = displayName, Label = "" };
}
