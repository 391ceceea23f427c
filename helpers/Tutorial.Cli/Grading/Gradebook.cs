using NotebookTestRunner;
using NotebookTestRunner.Exercises;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;

namespace Tutorial.Cli.Grading;

/// <summary>Who handed in what, which answers have to be run for it, and what their results say.</summary>
internal sealed class Gradebook
{
    private readonly IReadOnlyList<(Submission Submission, IReadOnlyList<Entry> Entries, IReadOnlyList<string> Remarks)> _students;
    private readonly IReadOnlyList<Attempt> _attempts;

    private Gradebook(IReadOnlyList<GradedLesson> lessons, IReadOnlyList<(Submission, IReadOnlyList<Entry>, IReadOnlyList<string>)> students, IReadOnlyList<Attempt> attempts) =>
        (Lessons, _students, _attempts) = (lessons, students, attempts);

    /// <summary>The lessons that are graded.</summary>
    public IReadOnlyList<GradedLesson> Lessons { get; }

    /// <summary>The answers to run: those of a lesson one after the other, its solution first.</summary>
    public IReadOnlyList<Attempt> Attempts => _attempts;

    /// <summary>Where the pages of answers are, relative to the overview.</summary>
    public string Pages { get; init; } = "answers";

    /// <summary>Looks through submissions.</summary>
    /// <param name="submissions">The submissions.</param>
    /// <param name="all">The lessons there are.</param>
    /// <param name="asked">Those to grade; without any, those that somebody handed in.</param>
    /// <param name="pages">Where the pages of answers are, relative to the overview.</param>
    public static Gradebook Of(IReadOnlyList<Submission> submissions, IReadOnlyList<GradedLesson> all, IReadOnlyList<GradedLesson> asked, string pages)
    {
        var recognised = submissions.Select(submission => submission.Notebooks.ToLookup(notebook => GradedLesson.Of(notebook, all))).ToList();
        GradedLesson[] lessons = asked.Count > 0 ? [.. asked] : [.. all.Where(lesson => recognised.Exists(notebooks => notebooks.Contains(lesson)))];
        var attempts = new Dictionary<(GradedLesson, string), Attempt>();
        var students = submissions.Select((submission, i) => (
            submission,
            (IReadOnlyList<Entry>)[.. lessons.Select(lesson => Read(submission, lesson, [.. recognised[i][lesson]], attempts))],
            (IReadOnlyList<string>)
            [
                .. submission.Remarks,
                .. recognised[i][null].Select(notebook => notebook.Problem ?? $"{notebook.Name} is none of the lessons."),
                .. lessons.Select(lesson => recognised[i][lesson].ToList()).Where(several => several.Count > 1).Select(several => FormattableString.Invariant($"{several.Count} notebooks of one lesson: {Latest(several).Name} is graded.")),
            ])).ToList();
        return new(lessons, students, [.. lessons.SelectMany(lesson => attempts.Values.Where(attempt => attempt.Lesson == lesson).Prepend(new(lesson, null)))]) { Pages = pages };
    }

    /// <summary>The grades as far as they are known.</summary>
    /// <param name="results">The results so far.</param>
    public IReadOnlyList<StudentGrades> Grade(IReadOnlyList<NotebookResult> results)
    {
        var known = results.ToDictionary(result => result.Path);
        return [.. _students.Select(student => new StudentGrades(student.Submission.Student, student.Submission.Id, [.. student.Entries.Select(entry => entry.Grade(known, Pages))], student.Remarks))];
    }

    /// <summary>The lessons whose own solution does not count as right here, so that no grade of theirs can be believed; with the reason.</summary>
    public IReadOnlyList<(GradedLesson Lesson, string Reason)> Doubtful(IReadOnlyList<NotebookResult> results) =>
        [.. _attempts.Where(attempt => attempt.Answers is null).Join(results, attempt => attempt.Path, result => result.Path, (attempt, result) => (attempt.Lesson, Answer: AnswerResult.Of(result)))
            .Where(pair => pair.Answer.State != GradeState.Right).Select(pair => (pair.Lesson, pair.Answer.Says))];

    private static Entry Read(Submission submission, GradedLesson lesson, IReadOnlyList<SubmittedNotebook> notebooks, Dictionary<(GradedLesson, string), Attempt> attempts)
    {
        if (notebooks.Count == 0)
            return new(new() { State = GradeState.NotHandedIn }, null);
        var notebook = Latest(notebooks);
        if (notebook.Content is not { } content)
            return new(new() { State = GradeState.Unreadable, File = notebook.Name, Says = notebook.Problem! }, null);
        var cells = content.CodeCells.ToList();
        var grade = new Grade
        {
            State = GradeState.NotAnswered,
            Says = "Nothing is written in the cell of the exercise.",
            File = notebook.Name,
            Cells = cells.Count,
            CellsRun = cells.Count(cell => cell.ExecutionCount is not null),
            Errors = cells.Count(HasError),
        };
        var answers = ReaderAnswers.Find(lesson.Source, content);
        if (answers.Any(answer => answer.Cells.Count == 0))
            return new(grade with { Says = "The cell of the exercise is not there." }, null);
        if (answers.All(answer => answer.IsMissing))
            return new(grade, null);
        var key = (lesson, string.Join("\u001f", answers.Select(answer => string.Join("\u001e", answer.Cells))));
        if (!attempts.TryGetValue(key, out var attempt))
            attempts[key] = attempt = new(lesson, answers);
        attempt.Students.Add(submission.Student);
        return new(grade, attempt);
    }

    /// <summary>The one that was changed last of those that can be read.</summary>
    private static SubmittedNotebook Latest(IReadOnlyList<SubmittedNotebook> notebooks) =>
        notebooks.OrderByDescending(notebook => notebook.Content is not null).ThenByDescending(notebook => notebook.Modified).ThenBy(notebook => notebook.Name, StringComparer.Ordinal).First();

    private static bool HasError(NotebookCell cell)
    {
        try
        {
            return !cell.Tags.Contains("raises-exception") && cell.Outputs.OfType<ErrorOutput>().Any();
        }
        catch (NotebookRunException)
        {
            // Outputs that are none: what was shown is not known, and the answer can be run all the same.
            return false;
        }
    }

    /// <summary>A student's notebook of a lesson.</summary>
    /// <param name="Known">What is known without running anything.</param>
    /// <param name="Attempt">What has to be run, or null.</param>
    private sealed record Entry(Grade Known, Attempt? Attempt)
    {
        public Grade Grade(Dictionary<string, NotebookResult> results, string pages)
        {
            if (Attempt is null)
                return Known;
            if (!results.TryGetValue(Attempt.Path, out var result) || result.StartedAt == default)
                return Known with { State = GradeState.NotGraded, Says = "Grading was stopped before it." };
            var answer = AnswerResult.Of(result);
            return Known with
            {
                State = answer.State,
                Says = answer.Says,
                Seconds = Math.Round(result.Duration.TotalSeconds, 2),
                Page = FormattableString.Invariant($"{pages}/{Attempt.Name}.html#notebook-1-cell-{answer.Cell}"),
            };
        }
    }
}
