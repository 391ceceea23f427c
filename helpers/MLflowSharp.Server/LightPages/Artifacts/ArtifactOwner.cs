namespace MLflowSharp.Server.LightPages.Artifacts;

/// <summary>What files belong to: a run, a logged model or a version of a registered model.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Location">Where its files are.</param>
/// <param name="Query">What says so in an address.</param>
/// <param name="Above">The pages above those of its files.</param>
internal sealed record ArtifactOwner(string Name, string Location, IReadOnlyList<(string Key, string? Value)> Query, IReadOnlyList<(string Name, string Address)> Above)
{
    /// <summary>The page of a file or folder.</summary>
    public string Address(string path) => Writing.Address.Of("artifacts", [.. Query, ("path", path)]);

    /// <summary>The file itself: shown, where that is safe, or saved.</summary>
    public string File(string path, bool show) => Writing.Address.Of("artifact-file", [.. Query, ("path", path), ("show", show ? "1" : null)]);
}
