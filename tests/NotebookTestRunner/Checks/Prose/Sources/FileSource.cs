namespace NotebookTestRunner.Checks.Prose.Sources;

/// <summary>A file or folder that must be there.</summary>
/// <param name="Path">Its path from the notebook's folder; null for the one that the text names.</param>
internal sealed record FileSource(string? Path) : IClaimSource
{
    public bool NeedsRun => false;

    public Task<ClaimAnswer> AskAsync(ClaimScene scene, ClaimSubject subject, CancellationToken cancellationToken)
    {
        var named = Path ?? Uri.UnescapeDataString(subject.Name.Text.Split('#', '?')[0]);
        var full = System.IO.Path.GetFullPath(named, scene.Folder);
        if (File.Exists(full) || Directory.Exists(full))
        {
            // The text may name a path or its last part.
            var last = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(named));
            return Task.FromResult(ClaimAnswer.Of(subject.Name.Text == last || Path is null ? subject.Name.Text : named));
        }
        var folder = System.IO.Path.GetDirectoryName(full)!;
        var there = Directory.Exists(folder)
            ? "in its folder " + Nearest.ThereAre(System.IO.Path.GetFileName(full), Directory.EnumerateFileSystemEntries(folder).Select(entry => System.IO.Path.GetFileName(entry)!))
            : $"its folder {System.IO.Path.GetDirectoryName(named)} is not there either";
        return Task.FromResult(ClaimAnswer.Not($"There is no {named} in {scene.Folder}; {there}."));
    }
}
