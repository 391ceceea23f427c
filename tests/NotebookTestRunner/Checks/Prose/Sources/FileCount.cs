namespace NotebookTestRunner.Checks.Prose.Sources;

/// <summary>How many files match a pattern, below the notebook's folder or a folder the pattern begins with.</summary>
internal sealed record FileCount(string Pattern) : IClaimSource
{
    public bool NeedsRun => false;

    public Task<ClaimAnswer> AskAsync(ClaimScene scene, ClaimSubject subject, CancellationToken cancellationToken)
    {
        // What stands before the first wildcard is the folder to look in, so that ../data/* works.
        var parts = Pattern.Replace('\\', '/').Split('/');
        var fixedParts = parts.TakeWhile((part, i) => i < parts.Length - 1 && part.IndexOfAny(['*', '?', '{']) < 0).ToArray();
        var root = Path.GetFullPath(string.Join('/', fixedParts) is { Length: > 0 } folder ? folder + "/" : ".", scene.Folder);
        if (!Directory.Exists(root)) return Task.FromResult(ClaimAnswer.Of(0));
        var glob = new Glob(string.Join('/', parts.Skip(fixedParts.Length)));
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Task.FromResult(ClaimAnswer.Of(Directory.EnumerateFiles(root, "*", options).Count(file => glob.Matches(Path.GetRelativePath(root, file).Replace('\\', '/')))));
    }
}
