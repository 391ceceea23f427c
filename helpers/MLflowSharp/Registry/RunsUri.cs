namespace MLflowSharp.Registry;

/// <summary>A <c>runs:/</c> URI: something among a run's artifacts.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Path">A file or folder among its artifacts; empty for their top.</param>
internal sealed record RunsUri(string RunId, string Path)
{
    private const string Scheme = "runs:";

    /// <summary>Whether a text is a URI of this kind.</summary>
    public static bool Matches(string uri) => uri.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a URI.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static RunsUri Parse(string uri)
    {
        var path = uri[Scheme.Length..];
        // A host, as in runs://host/…, means nothing.
        if (path.StartsWith("//", StringComparison.Ordinal))
            path = path.IndexOf('/', 2) is var slash and > 0 ? path[slash..] : "";
        var parts = path.TrimEnd('/').Split('/');
        if (parts is not ["", { Length: > 0 } run, .. var rest])
            throw MlflowException.Invalid($"Not a proper runs:/ URI: {uri}. Runs URIs must be of the form 'runs:/<run_id>/run-relative/path/to/artifact'.");
        return new(run, Artifacts.ArtifactPath.CheckFolder(string.Join('/', rest)) ?? "");
    }

    /// <summary>The URI.</summary>
    public override string ToString() => Path.Length == 0 ? $"runs:/{RunId}" : $"runs:/{RunId}/{Path}";
}
