using NotebookTestRunner.Checks.Staleness;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Exercises;

/// <summary>Makes the notebooks that readers get from the one that the author keeps.</summary>
public static class ExerciseNotebook
{
    /// <summary>What the name of a source ends with: <c>04-lesson.source.ipynb</c> makes <c>04-lesson.ipynb</c>.</summary>
    public const string SourceEnding = ".source.ipynb";

    /// <summary>The tag of cells that readers write their answer in.</summary>
    public const string ExerciseTag = "exercise";

    /// <summary>The notebook to work in: stubs in the place of solutions, no wrong answers; exercise and check cells without outputs.</summary>
    /// <param name="source">The author's notebook.</param>
    /// <returns>A new notebook. Its exercise cells have the tag <c>exercise</c>.</returns>
    /// <exception cref="NotebookRunException">An exercise is not whole.</exception>
    public static Notebook ForReaders(Notebook source)
    {
        var blanks = Exercise.ReadAll(source).ToDictionary(exercise => exercise.Solution.Number, exercise => exercise.Blank);
        return Make(source, cell =>
        {
            if (cell.Tags.Contains(Exercise.CheckTag))
            {
                Clear(cell);
                // What it says depends on the reader; nbval knows this tag, too.
                cell.Tags = [.. cell.Tags, "nbval-ignore-output"];
            }

            if (!cell.Tags.Contains(Exercise.SolutionTag)) return;
            cell.Tags = [.. cell.Tags.Select(tag => tag == Exercise.SolutionTag ? ExerciseTag : tag)];
            Clear(cell);
        }, cell => blanks.GetValueOrDefault(cell.Number));
    }

    /// <summary>The notebook with its solutions, for teachers and for whoever is done: no wrong answers, no words for the author.</summary>
    /// <param name="source">The author's notebook.</param>
    public static Notebook WithSolutions(Notebook source) => Make(source, _ => { }, cell => cell.Tags.Contains(Exercise.SolutionTag) ? ExerciseText.Solved(cell.Source) : null);

    private static Notebook Make(Notebook source, Action<NotebookCell> change, Func<NotebookCell, string?> text)
    {
        ArgumentNullException.ThrowIfNull(source);
        var copy = source.Clone();
        foreach (var cell in copy.Cells)
        {
            if (text(cell) is { } written) cell.Source = written;
            change(cell);
        }
        var made = copy.Where(cell => !cell.Tags.Contains(Exercise.WrongAnswerTag));
        // Where the source's outputs are of its code, those that were taken over are of this code.
        if (CodeHash.Holds(source)) CodeHash.Store(made);
        return made;
    }

    private static void Clear(NotebookCell cell)
    {
        cell.Outputs = [];
        cell.ExecutionCount = null;
    }
}
