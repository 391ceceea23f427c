using NotebookTestRunner.Notebooks;

namespace Tutorial.Cli.Grading;

/// <summary>A notebook that was handed in.</summary>
/// <param name="Name">Its path in the submission.</param>
/// <param name="Modified">When it was last changed, as the disk or the archive says.</param>
/// <param name="Content">The notebook; null when it cannot be read.</param>
/// <param name="Problem">Why it cannot be read, or null.</param>
internal sealed record SubmittedNotebook(string Name, DateTime Modified, Notebook? Content, string? Problem);
