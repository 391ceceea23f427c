using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Exercises;

/// <summary>An answer that readers are likely to give and that is wrong.</summary>
/// <param name="Cell">The cell it stands in.</param>
/// <param name="Code">What the reader writes.</param>
/// <param name="Hint">What the check must say to it.</param>
public sealed record WrongAnswer(NotebookCell Cell, string Code, string Hint)
{
    /// <summary>The first line of the code that is not blank.</summary>
    public string FirstLine => Code.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "(empty)";

    internal static WrongAnswer Read(NotebookCell cell) => new(
        cell,
        ExerciseText.WithoutHints(cell.Source),
        ExerciseText.Hint(cell.Source)
            ?? throw new NotebookRunException($"The wrong answer in cell {cell.Number} does not say which hint it deserves: add a line \"// hint: TEXT\", with words of what the check says to it."));
}
