using NotebookTestRunner;

namespace Tutorial.Cli.Reporting;

/// <summary>A report that is written during a run and at its end.</summary>
/// <param name="Kind">What it is, as the end of the run tells it.</param>
/// <param name="Path">Where it goes: a full path.</param>
/// <param name="WriteAsync">Writes it.</param>
internal sealed record ReportFile(string Kind, string Path, Func<string, IReadOnlyList<NotebookResult>, Task> WriteAsync);
