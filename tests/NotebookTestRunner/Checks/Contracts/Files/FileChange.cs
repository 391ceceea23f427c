namespace NotebookTestRunner.Checks.Contracts.Files;

/// <summary>Something that happened to a file or folder between two looks.</summary>
/// <param name="Path">Its full path, with forward slashes.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Size">Its size in bytes; of a folder 0.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
internal sealed record FileChange(string Path, ChangeKind Kind, long Size, bool IsFolder);

/// <summary>What can happen to a file.</summary>
internal enum ChangeKind
{
    /// <summary>It was not there.</summary>
    Created,

    /// <summary>It was there with another size or time of change.</summary>
    Changed,

    /// <summary>It was there.</summary>
    Deleted,
}
