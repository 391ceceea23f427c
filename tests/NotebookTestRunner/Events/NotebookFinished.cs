namespace NotebookTestRunner.Events;

/// <summary>The notebook is done and its kernel gone.</summary>
/// <param name="NotebookPath">The notebook's full path.</param>
/// <param name="Result">The notebook's result.</param>
public sealed record NotebookFinished(string NotebookPath, NotebookResult Result) : RunEvent(NotebookPath);
