namespace NotebookTestRunner.Events;

/// <summary>A code cell is about to be executed.</summary>
/// <param name="NotebookPath">The notebook's full path.</param>
/// <param name="CellNumber">The cell's position in the notebook, from 1.</param>
/// <param name="FirstLine">The first line of its source.</param>
public sealed record CellStarted(string NotebookPath, int CellNumber, string FirstLine) : RunEvent(NotebookPath);
