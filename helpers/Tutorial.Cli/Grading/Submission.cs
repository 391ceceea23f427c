namespace Tutorial.Cli.Grading;

/// <summary>What one student handed in.</summary>
/// <param name="Student">The student's name: that of the folder or archive, or what Moodle puts in front of its number.</param>
/// <param name="Id">Moodle's number of the submission; null elsewhere.</param>
/// <param name="Notebooks">The notebooks, also those that cannot be read.</param>
/// <param name="Remarks">What is odd about it, a sentence each.</param>
internal sealed record Submission(string Student, string? Id, IReadOnlyList<SubmittedNotebook> Notebooks, IReadOnlyList<string> Remarks);
