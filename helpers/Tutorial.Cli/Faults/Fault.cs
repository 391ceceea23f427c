namespace Tutorial.Cli.Faults;

/// <summary>Turns what the operating system says about a file into a sentence that helps.</summary>
public static class Fault
{
    // EACCES, as it comes from making a folder.
    private const int Denied = 13;

    /// <summary>Whether this is a fault of the disk or of permissions, for which <see cref="Sentence"/> has words.</summary>
    public static bool IsOfFiles(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Runs what writes below a folder; a fault of the disk or of permissions becomes a <see cref="CliException"/>.</summary>
    /// <param name="folder">The folder, for the message.</param>
    /// <param name="write">What writes there.</param>
    /// <exception cref="CliException">It could not be written.</exception>
    public static T Writing<T>(string folder, Func<T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            return write();
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            throw new CliException(Sentence(exception, folder), innerException: exception);
        }
    }

    /// <summary>What went wrong with writing below a folder, and what to do.</summary>
    /// <param name="exception">The fault; where it only wraps one of the disk, that one counts.</param>
    /// <param name="folder">The folder that was to be written.</param>
    public static string Sentence(Exception exception, string folder)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var cause = exception.InnerException is { } inner && IsOfFiles(inner) ? inner : exception;
        return cause switch
        {
            IOException io when IsDiskFull(io) => $"The disk that holds {folder} is full: free some space there, then run the command again.",
            UnauthorizedAccessException or IOException when FileInTheWay(folder) is { } file =>
                $"{file} is a file where a folder is needed: move it away, then run the command again.",
            UnauthorizedAccessException or IOException { HResult: Denied } => $"No permission to write in {folder}: check who owns it, or copy the course to a folder of your own and run the command there.",
            IOException io when IsReadOnly(io) => $"{folder} is on a disk that is mounted read-only: copy the course to a folder of your own and run the command there.",
            _ => $"{folder} could not be written: {cause.Message.TrimEnd('.')}. Check the folder, then run the command again.",
        };
    }

    /// <summary>
    /// Whether the disk, or the user's share of it, is full: ENOSPC (28), EDQUOT (122, macOS 69), EFBIG (27); on Windows 39 and 112. Where
    /// .NET reserves the space of a file beforehand, its exception has no number, and only its text tells.
    /// </summary>
    private static bool IsDiskFull(IOException exception) =>
        (exception.HResult & 0xFFFF) is 28 or 122 or 69 or 27 or 39 or 112 || exception.Message.Contains("the disk was full", StringComparison.Ordinal);

    /// <summary>EROFS (30); on Windows ERROR_WRITE_PROTECT (19).</summary>
    private static bool IsReadOnly(IOException exception) => (exception.HResult & 0xFFFF) is 30 or 19;

    private static string? FileInTheWay(string folder)
    {
        for (var path = folder; path is not null; path = Path.GetDirectoryName(path))
        {
            if (File.Exists(path))
                return path;
        }

        return null;
    }
}
