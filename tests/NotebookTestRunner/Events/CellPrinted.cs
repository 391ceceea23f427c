namespace NotebookTestRunner.Events;

/// <summary>A running cell printed text, such as the progress line of a training.</summary>
/// <param name="NotebookPath">The notebook's full path.</param>
/// <param name="CellNumber">The cell's position in the notebook, from 1.</param>
/// <param name="Text">The text as printed, carriage returns and all.</param>
public sealed record CellPrinted(string NotebookPath, int CellNumber, string Text) : RunEvent(NotebookPath);
