namespace MLflowSharp.Artifacts.Local;

/// <summary>Turns what the operating system refuses into MLflow's errors.</summary>
internal static class LocalErrors
{
    // ENOSPC, EFBIG and EDQUOT of Linux and macOS; ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL and ERROR_DISK_QUOTA_EXCEEDED of Windows.
    private static readonly int[] NoSpace = OperatingSystem.IsWindows()
        ? [unchecked((int)0x80070027), unchecked((int)0x80070070), unchecked((int)0x8007050F)]
        : [28, 27, OperatingSystem.IsMacOS() ? 69 : 122];

    public static bool IsOfTheSystem(Exception error) => error is IOException or UnauthorizedAccessException;

    public static bool IsFull(Exception error) => error is IOException && NoSpace.Contains(error.HResult);

    /// <param name="what">What could not be done, a clause such as "The artifact 'a' cannot be written to '/b'".</param>
    /// <param name="error">What the system said.</param>
    public static MlflowException Of(string what, Exception error) => error switch
    {
        UnauthorizedAccessException => new($"{what}: {error.Message} Ask its owner, or use another folder.", ErrorCode.PermissionDenied, error),
        IOException when IsFull(error) =>
            new($"{what}: no space is left there, or a quota is used up ({error.Message}). Make room, then try again; nothing half-written stays.", ErrorCode.ResourceExhausted, error),
        _ => new($"{what}: {error.Message} Check that the folder is there and free space.", ErrorCode.InternalError, error),
    };
}
