namespace NotebookTestRunner.Events;

/// <summary>Something that happened while a notebook runs, for showing progress.</summary>
/// <param name="NotebookPath">The notebook's full path.</param>
public abstract record RunEvent(string NotebookPath);
