namespace NotebookTestRunner.Reports;

/// <summary>A report of a caller's own.</summary>
public static class TextReport
{
    /// <summary>Writes a text to a file, in one step: a reader finds the old one or the new one.</summary>
    /// <param name="path">The file; folders to it are made.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NotebookRunException">The file cannot be written.</exception>
    public static Task WriteAsync(string path, string text, CancellationToken cancellationToken = default) => AtomicFile.WriteAsync(path, text, "report", cancellationToken);
}
