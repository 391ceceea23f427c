namespace NotebookTestRunner.Events;

/// <summary>There is a verdict on a code cell. Comes once for each code cell, those not executed included, and once more when a later cell changed what it shows (<c>update_display_data</c>) so that the verdict is another.</summary>
/// <param name="NotebookPath">The notebook's full path.</param>
/// <param name="Cell">The cell's result.</param>
public sealed record CellFinished(string NotebookPath, CellResult Cell) : RunEvent(NotebookPath);
