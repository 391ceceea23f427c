namespace MLflowSharp.Stores.Files;

/// <summary>Turns what the file system says into sentences that say what to do.</summary>
internal static class FileErrors
{
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int OverQuotaOnLinux = 122;
    private const int OverQuotaElsewhere = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockElsewhere = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    /// <summary>Whether somebody else has the file for themselves.</summary>
    public static bool IsInUse(IOException error) => error.HResult is WouldBlockOnLinux or WouldBlockElsewhere or WindowsSharingViolation;

    public static bool IsAbout(Exception error) => error is IOException or UnauthorizedAccessException;

    public static MlflowException Translate(Exception error, string root) => error switch
    {
        IOException { HResult: NoSpace or OverQuotaOnLinux or OverQuotaElsewhere or WindowsDiskFull or WindowsHandleDiskFull } => new(
            $"The disk (or quota) that holds the file store '{root}' is full. Free some space, then repeat the call: what was written already is not written twice.",
            ErrorCode.ResourceExhausted, error),
        UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem } => new(
            $"The file store '{root}' refused access ({error.Message}). Make its files and folders readable and writable for you, or choose another place with Mlflow.SetTrackingUri.",
            ErrorCode.PermissionDenied, error),
        PathTooLongException => new(
            $"A name is too long for the file system of the store '{root}' ({error.Message}). Use a shorter name, or a store in a shorter path.",
            ErrorCode.InvalidParameterValue, error),
        DirectoryNotFoundException or FileNotFoundException => new(
            $"A file or folder of the store '{root}' is gone ({error.Message}): it was moved or deleted at the same time. Put it back, or repeat the call.",
            ErrorCode.InvalidState, error),
        _ => new($"Reading or writing the file store '{root}' failed ({error.Message}). Check the disk and that the folder still exists.", ErrorCode.InternalError, error),
    };
}
