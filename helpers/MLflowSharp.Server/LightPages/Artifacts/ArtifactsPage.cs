using MLflowSharp.Artifacts;
using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages.Artifacts;

/// <summary>The files of a run, a model or a version: a tree that is open along the way to one of them, and that one.</summary>
internal sealed class ArtifactsPage(ArtifactFiles files)
{
    public async Task<Page> ShowAsync(PageCall call, CancellationToken cancellationToken)
    {
        var owner = await files.OwnerAsync(call, cancellationToken);
        var path = ArtifactPath.CheckFolder(call["path"]);
        var tree = new ArtifactTree(files, owner);
        var listing = await tree.RenderAsync(path, cancellationToken);
        var (_, name) = ArtifactPath.Split(path);
        return new(name.Length > 0 ? name : "Files", $"""
            <div class="sides"><nav aria-label="Files of {owner.Name}">{(tree.IsEmpty ? $"<p class=\"empty\">No files yet.</p>" : listing)}</nav>
            <section aria-label="{(name.Length > 0 ? name : "Preview")}">{await ShowAsync(owner, path, tree, cancellationToken)}</section></div>
            """)
        {
            Above = [.. owner.Above, .. path.Length > 0 ? [("Files", owner.Address(""))] : Array.Empty<(string, string)>()],
        };
    }

    private async Task<Html> ShowAsync(ArtifactOwner owner, string path, ArtifactTree tree, CancellationToken cancellationToken)
    {
        if (path.Length == 0)
            return $"<p class=\"faint\">{(tree.IsEmpty ? "Log one with Mlflow.LogArtifact, LogText, LogDict or LogFigure." : "Choose a file to see it here.")}</p>";
        if (tree.Chosen is null)
            throw MlflowException.Missing($"'{owner.Name}' has no file or folder '{path}'. It may have been deleted meanwhile.");
        if (tree.Chosen.IsDirectory)
            return $"<p class=\"faint\">A folder.</p>";
        return $"""
            <p class="bar"><span class="faint">{Shown.Size(tree.Chosen.FileSize)}</span> <a class="button" href="{owner.File(path, show: false)}" download>Download</a></p>
            {await new ArtifactPreview(files, owner).RenderAsync(tree.Chosen, cancellationToken)}
            """;
    }
}
