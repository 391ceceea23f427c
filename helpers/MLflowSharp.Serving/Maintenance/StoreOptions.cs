using System.CommandLine;
using MLflowSharp.Copying;

namespace MLflowSharp.Serving.Maintenance;

/// <summary>The options of commands that work on a store.</summary>
internal sealed class StoreOptions
{
    private readonly Option<string?> _store = new("--backend-store-uri") { HelpName = "URI", Description = "The store: sqlite:///FILE, postgresql://…, a folder, or http(s)://… for a tracking server. Default: MLFLOW_BACKEND_STORE_URI, MLFLOW_TRACKING_URI, sqlite:///mlflow.db." };
    private readonly Option<string> _destination = new("--artifacts-destination") { HelpName = "URI", Description = "Where the store's server keeps the artifacts that pass through it.", DefaultValueFactory = _ => Variable("MLFLOW_ARTIFACTS_DESTINATION") ?? "./mlartifacts" };

    /// <summary>All, for the command.</summary>
    public IEnumerable<Option> All => [_store, _destination];

    /// <summary>Opens the store that was named.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="artifactRoot">Where new experiments keep their artifacts; null for the default.</param>
    public CopyEnd Open(ParseResult parsed, string? artifactRoot = null) => new(
        parsed.GetValue(_store) ?? Variable("MLFLOW_BACKEND_STORE_URI") ?? Mlflow.GetTrackingUri(),
        artifactRoot is null ? new() : new() { DefaultArtifactRoot = artifactRoot },
        parsed.GetRequiredValue(_destination));

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
