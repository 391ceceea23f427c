using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Exercises;

/// <summary>An exercise: a solution cell, the gallery of its wrong answers, the cell that checks it, and what is executed between.</summary>
/// <param name="Solution">The cell with the solution (tag <c>solution</c>).</param>
/// <param name="BlankHint">What the check must say while nothing is written.</param>
/// <param name="WrongAnswers">Wrong answers (cells with the tag <c>wrong-answer</c> behind the solution).</param>
/// <param name="Between">Code cells between the solution and its check.</param>
/// <param name="Check">The cell that tells readers whether they are right (tag <c>check</c>).</param>
public sealed record Exercise(NotebookCell Solution, string BlankHint, IReadOnlyList<WrongAnswer> WrongAnswers, IReadOnlyList<NotebookCell> Between, NotebookCell Check)
{
    /// <summary>The tag of cells that hold a solution.</summary>
    public const string SolutionTag = "solution";

    /// <summary>The tag of cells that hold a wrong answer to the solution before them. They are not executed with the notebook.</summary>
    public const string WrongAnswerTag = "wrong-answer";

    /// <summary>The tag of cells that check the solution before them.</summary>
    public const string CheckTag = "check";

    /// <summary>The solution cell as readers get it.</summary>
    public string Blank => ExerciseText.Blank(Solution.Source, $"Cell {Solution.Number}");

    /// <summary>Reads the exercises of a notebook.</summary>
    /// <exception cref="NotebookRunException">One has no check, or a hint is missing.</exception>
    public static IReadOnlyList<Exercise> ReadAll(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        var cells = notebook.CodeCells.ToList();
        if (cells.Find(cell => cell.Tags.Contains(WrongAnswerTag)) is { } first && !cells.Exists(cell => cell.Tags.Contains(SolutionTag) && cell.Number < first.Number))
            throw new NotebookRunException($"Cell {first.Number} is a wrong answer (tag {WrongAnswerTag}) to nothing: put it behind the cell with the tag {SolutionTag}.");
        return [.. cells.Where(cell => cell.Tags.Contains(SolutionTag)).Select(solution => Read(solution, cells))];
    }

    private static Exercise Read(NotebookCell solution, List<NotebookCell> cells)
    {
        var behind = cells.SkipWhile(cell => cell.Number <= solution.Number).TakeWhile(cell => !cell.Tags.Contains(SolutionTag)).ToList();
        var check = behind.Find(cell => cell.Tags.Contains(CheckTag))
            ?? throw new NotebookRunException($"The solution in cell {solution.Number} has no check: give the tag {CheckTag} to the cell behind it that tells readers whether they are right.");
        return new(
            solution,
            ExerciseText.Hint(solution.Source)
                ?? throw new NotebookRunException($"The solution in cell {solution.Number} does not say what its check tells readers who have written nothing yet: add a line \"// hint: TEXT\" (readers do not get it)."),
            [.. behind.Where(cell => cell.Tags.Contains(WrongAnswerTag)).Select(WrongAnswer.Read)],
            [.. behind.TakeWhile(cell => cell != check).Where(cell => !cell.Tags.Contains(WrongAnswerTag) && !Execution.CellDirectives.Read(cell).Skip)],
            check);
    }
}
