namespace NotebookTestRunner;

/// <summary>Writes text files so that a crash or a full disk never leaves half of one.</summary>
internal static class AtomicFile
{
    public static async Task WriteAsync(string path, string text, string what, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // Notebooks in version control are sometimes links to a shared file: write through, do not replace the link.
            if (File.Exists(target)) target = File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target;
            await ReplaceAsync(target, text, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NotebookRunException(
                $"The {what} {target} cannot be written ({error.Message}): check the permissions of its folder and the space on the disk.", error);
        }
    }

    private static async Task ReplaceAsync(string target, string text, CancellationToken cancellationToken)
    {
        // Beside the target, because only within one file system a move is a single step.
        var scratch = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            await File.WriteAllTextAsync(scratch, text, cancellationToken);
            if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(scratch, File.GetUnixFileMode(target));
            File.Move(scratch, target, overwrite: true);
        }
        finally
        {
            File.Delete(scratch);
        }
    }
}
