using MLflowSharp.Artifacts;
using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages.Artifacts;

/// <summary>A tree of files that is open where the chosen one is.</summary>
internal sealed class ArtifactTree(ArtifactFiles files, ArtifactOwner owner)
{
    /// <summary>The chosen file or folder; null when there is none of that name.</summary>
    public ArtifactInfo? Chosen { get; private set; }

    public bool IsEmpty { get; private set; }

    public async Task<Html> RenderAsync(string path, CancellationToken cancellationToken)
    {
        var tree = await RenderAsync("", path, cancellationToken);
        IsEmpty = tree is null;
        return tree ?? Html.Empty;
    }

    private async Task<Html?> RenderAsync(string folder, string path, CancellationToken cancellationToken)
    {
        var entries = await files.ListAsync(owner, folder, cancellationToken);
        if (entries.Count == 0)
            return null;
        var items = new List<Html>();
        foreach (var entry in entries.OrderByDescending(entry => entry.IsDirectory).ThenBy(entry => entry.Path, StringComparer.Ordinal))
        {
            var isChosen = entry.Path == path;
            if (isChosen)
                Chosen = entry;
            var isOpen = entry.IsDirectory && (isChosen || path.StartsWith(entry.Path + "/", StringComparison.Ordinal));
            var inside = isOpen ? await RenderAsync(entry.Path, path, cancellationToken) : null;
            items.Add($"""
                <li><a href="{owner.Address(entry.Path)}"{Html.If(isChosen, () => $" aria-current=\"true\"")}>{ArtifactPath.Split(entry.Path).Name}{Html.If(entry.IsDirectory, () => $"/")}</a> <span class="faint">{Shown.Size(entry.FileSize)}</span>{inside}</li>
                """);
        }

        return $"<ul class=\"tree\">{items}</ul>";
    }
}
