using System.Globalization;
using System.Text.Json.Nodes;
using NotebookTestRunner.Execution;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Exercises;

/// <summary>Finds what a reader wrote for the exercises of a lesson, and puts it into the author's notebook, so that it is judged where the author's code and check are.</summary>
public static class ReaderAnswers
{
    /// <summary>The tag of cells that hold a reader's answer.</summary>
    public const string AnswerTag = "answer";

    /// <summary>Finds the answers in a reader's notebook.</summary>
    /// <param name="source">The author's notebook.</param>
    /// <param name="readers">The reader's, which may have lost its ids, tags and cells, and may have others.</param>
    /// <returns>One answer for each exercise of the source.</returns>
    /// <exception cref="NotebookRunException">An exercise of the source is not whole.</exception>
    public static IReadOnlyList<ReaderAnswer> Find(Notebook source, Notebook readers)
    {
        ArgumentNullException.ThrowIfNull(readers);
        var exercises = Exercise.ReadAll(source);
        var lesson = ExerciseNotebook.ForReaders(source).CodeCells.ToList();
        var theirs = readers.Cells.Where(cell => cell.Kind == CellKind.Code).ToList();
        var tagged = theirs.Where(cell => cell.Tags.Contains(ExerciseNotebook.ExerciseTag)).ToList();
        return [.. exercises.Select(Answer)];

        ReaderAnswer Answer(Exercise exercise, int number)
        {
            var check = theirs.FindIndex(cell => IsSame(cell, exercise.Check));
            var place = theirs.FindIndex(cell => cell.Id is { } id && id == exercise.Solution.Id);
            if (place < 0 && tagged.Count == exercises.Count) place = theirs.IndexOf(tagged[number]);
            if (place < 0 && check > 0 && !IsOfLesson(theirs[check - 1])) place = check - 1;
            if (place < 0 && Behind(exercise) is var behind && behind > 0 && behind < theirs.Count && !IsOfLesson(theirs[behind])) place = behind;
            if (place < 0) return new([], IsBlank: false);

            // An answer may have been split, or a helper put into a cell of its own.
            var first = place;
            while (first > 0 && !IsOfLesson(theirs[first - 1])) first--;
            var last = place;
            while (last + 1 < check && last + 1 < theirs.Count) last++;
            var cells = theirs[first..(last + 1)].Where(cell => cell == theirs[place] || !IsOfLesson(cell)).Select(cell => cell.Source).ToList();
            return new(cells, Plain(theirs[place].Source) == Plain(exercise.Blank) && cells.Count(cell => !string.IsNullOrWhiteSpace(cell)) <= 1);
        }

        // Where the lesson's code cell before the exercise is, plus one; 0 when that is gone.
        int Behind(Exercise exercise) => lesson.FindLast(cell => cell.Number < NumberForReaders(exercise)) is { } before ? theirs.FindIndex(cell => IsSame(cell, before)) + 1 : 0;

        int NumberForReaders(Exercise exercise) => exercise.Solution.Number - source.Cells.Count(cell => cell.Number < exercise.Solution.Number && cell.Tags.Contains(Exercise.WrongAnswerTag));

        bool IsOfLesson(NotebookCell cell) => lesson.Exists(ours => IsSame(cell, ours));
    }

    /// <summary>The author's notebook up to its last check, with a reader's answers in the place of solutions, and without outputs.</summary>
    /// <param name="source">The author's notebook.</param>
    /// <param name="answers">What <see cref="Find"/> found; null for the author's own solutions.</param>
    /// <param name="limit">How long a cell of an answer, and a check, may run.</param>
    /// <returns>A new notebook. Cells of answers have the tag <see cref="AnswerTag"/>; marks for the runner (<c>// test: …</c>) in them are taken out.</returns>
    /// <exception cref="NotebookRunException">An exercise of the source is not whole.</exception>
    public static Notebook Place(Notebook source, IReadOnlyList<ReaderAnswer>? answers, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(source);
        var exercises = Exercise.ReadAll(source);
        var last = exercises.Max(exercise => exercise.Check.Number);
        var timeout = string.Create(CultureInfo.InvariantCulture, $"test: timeout {limit.TotalSeconds:0.###}");
        var made = source.Replace(cell =>
        {
            if (cell.Number > last || cell.Tags.Contains(Exercise.WrongAnswerTag)) return [];
            if (exercises.ToList().FindIndex(exercise => exercise.Solution == cell) is not (>= 0 and var number)) return null;
            return (answers is null ? [ExerciseText.Solved(cell.Source)] : answers[number].Cells).Select((text, part) => CodeCell($"{cell.Id ?? "answer"}-{part + 1}", WithoutMarks(text), [AnswerTag, timeout]));
        });
        foreach (var cell in made.CodeCells)
        {
            cell.Outputs = [];
            cell.ExecutionCount = null;
            if (cell.Tags.Contains(Exercise.CheckTag)) cell.Tags = [.. cell.Tags, timeout];
        }
        return made;
    }

    // Whatever front end saved it: some make new ids, some lose tags.
    private static bool IsSame(NotebookCell theirs, NotebookCell ours) => (theirs.Id is { } id && id == ours.Id) || Plain(theirs.Source) == Plain(ours.Source);

    private static string Plain(string source) => string.Join('\n', source.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim();

    /// <summary>Blank lines in the place of marks, so that errors still name the reader's own lines.</summary>
    private static string WithoutMarks(string source) =>
        string.Join('\n', source.ReplaceLineEndings("\n").Split('\n').Select(line => CellMark.IsMark(line.Trim()) ? "" : line));

    private static JsonObject CodeCell(string id, string source, string[] tags) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["id"] = id,
        ["metadata"] = new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) },
        ["outputs"] = new JsonArray(),
        ["source"] = source,
    };
}
