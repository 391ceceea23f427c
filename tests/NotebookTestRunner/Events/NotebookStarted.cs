namespace NotebookTestRunner.Events;

/// <summary>The notebook is read and its kernel is about to start.</summary>
/// <param name="NotebookPath">The notebook's full path.</param>
/// <param name="KernelName">The kernel's name.</param>
/// <param name="CodeCells">How many code cells the notebook has.</param>
public sealed record NotebookStarted(string NotebookPath, string KernelName, int CodeCells) : RunEvent(NotebookPath);
