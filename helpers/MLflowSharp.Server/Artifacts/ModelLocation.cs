using MLflowSharp.Artifacts;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Artifacts;

/// <summary>Where the files of a registered version are, when its source says so by another name.</summary>
internal static class ModelLocation
{
    private const string RunsScheme = "runs:/";
    private const string ModelsScheme = "models:/";

    /// <summary>The location that <c>runs:/run/path</c> or <c>models:/m-…</c> stands for; any other is it already.</summary>
    public static async Task<string> ResolveAsync(MlflowStores stores, string source, CancellationToken cancellationToken)
    {
        if (source.StartsWith(RunsScheme, StringComparison.Ordinal))
        {
            var parts = source[RunsScheme.Length..].TrimStart('/').Split('/', 2);
            var run = await stores.Tracking.GetRunAsync(parts[0], cancellationToken);
            return parts.Length == 1 ? run.Info.ArtifactUri : ArtifactUri.Append(run.Info.ArtifactUri, ArtifactPath.CheckFile(parts[1]));
        }

        if (source.StartsWith(ModelsScheme, StringComparison.Ordinal) && !source[ModelsScheme.Length..].Contains('/'))
            return (await stores.Tracking.GetLoggedModelAsync(source[ModelsScheme.Length..], cancellationToken)).ArtifactLocation;
        return source;
    }
}
