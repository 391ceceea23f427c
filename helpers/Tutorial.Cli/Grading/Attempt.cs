using NotebookTestRunner.Exercises;

namespace Tutorial.Cli.Grading;

/// <summary>An answer that is run once, however many students gave it letter by letter.</summary>
/// <param name="Lesson">The lesson.</param>
/// <param name="Answers">What was written, an answer for each exercise; null for the author's solution, which shows whether grades can be believed here.</param>
internal sealed record Attempt(GradedLesson Lesson, IReadOnlyList<ReaderAnswer>? Answers)
{
    /// <summary>Who gave it.</summary>
    public List<string> Students { get; } = [];

    /// <summary>The notebook that is run for it, once it is made.</summary>
    public string Path { get; set; } = "";

    /// <summary>Its name in files.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Who gave it, for people.</summary>
    public string Who => Answers is null ? "the solution" : Students is [var first, _, ..] ? FormattableString.Invariant($"{first} and {Students.Count - 1} more") : Students.FirstOrDefault() ?? "";
}
