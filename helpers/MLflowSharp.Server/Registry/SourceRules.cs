using MLflowSharp.Artifacts;
using MLflowSharp.Protocol;
using MLflowSharp.Registry;
using MLflowSharp.Search;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Registry;

/// <summary>
/// What a client may register as a version: nothing that lets others read files of the server which they could not read otherwise. A source on
/// the server's disk, among the artifacts it passes on, of a run or a logged model has to lie in the run or model that the request names.
/// </summary>
internal sealed class SourceRules(MlflowStores stores)
{
    /// <summary>Checks a request, and fills in which run and logged model the version comes from.</summary>
    /// <returns>The request to carry out.</returns>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE; RESOURCE_DOES_NOT_EXIST.</exception>
    public async Task<CreateModelVersionRequest> CheckAsync(CreateModelVersionRequest request, CancellationToken cancellationToken)
    {
        var source = request.Source!;
        if (KeyValueMessage.ToMap(request.Tags).GetValueOrDefault(SearchSchema.PromptTag)?.Equals("true", StringComparison.OrdinalIgnoreCase) == true)
            return IsPlace(source) ? throw Bad(source, "A prompt has no files; give a word such as prompt-template.") : request;

        var (runId, modelId) = (WireText.OrNull(request.RunId), WireText.OrNull(request.ModelId));
        if (ModelUri.Matches(source))
        {
            if (source.StartsWith("models://", StringComparison.OrdinalIgnoreCase))
                throw Bad(source, "Registered model sources must use the active model registry, without a host.");
            if (ModelUri.Parse(source).ModelId is null)
                return await ResolveAsync(request, ModelUri.Parse(source), cancellationToken);
        }

        if (modelId is not null)
        {
            var model = await stores.Tracking.GetLoggedModelAsync(modelId, cancellationToken);
            CheckOwner(source, "model_id", model.ArtifactLocation, ModelUri.Matches(source) && ModelUri.Parse(source).ModelId == modelId);
            runId ??= model.SourceRunId;
        }
        else
        {
            var run = runId is null || !NeedsOwner(source) ? null : await stores.Tracking.GetRunAsync(runId, cancellationToken);
            CheckOwner(source, ModelUri.Matches(source) ? "model_id" : "run_id", run?.Info.ArtifactUri, run is not null && IsOfRun(source, runId!));
        }

        return request with { RunId = runId, ModelId = modelId };
    }

    /// <summary>A copy of another version: it comes from the same run and model.</summary>
    private async Task<CreateModelVersionRequest> ResolveAsync(CreateModelVersionRequest request, ModelUri uri, CancellationToken cancellationToken)
    {
        if ((await stores.Registry.GetRegisteredModelAsync(uri.Name, cancellationToken)).Tags.ContainsKey(SearchSchema.PromptTag))
            throw Bad(request.Source!, "Prompt versions cannot be used as model version sources.");
        var version = uri switch
        {
            { Version: { } number } => await stores.Registry.GetModelVersionAsync(uri.Name, number, cancellationToken),
            { Alias: { } alias } => await stores.Registry.GetModelVersionByAliasAsync(uri.Name, alias, cancellationToken),
            _ => (await stores.Registry.GetLatestVersionsAsync(uri.Name, uri.Stage is { } stage ? [stage] : null, cancellationToken)).MaxBy(found => long.Parse(found.Version))
                ?? throw MlflowException.Missing($"No versions of model with name '{uri.Name}'{(uri.Stage is null ? "" : $" and stage '{uri.Stage}'")} found"),
        };
        if ((request.RunId is not null && request.RunId != (version.RunId ?? "")) || (request.ModelId is not null && request.ModelId != (version.ModelId ?? "")))
            throw Bad(request.Source!, "The run_id and model_id request parameters must match the referenced model version.");
        return request with { Source = $"models:/{uri.Name}/{version.Version}", RunId = request.RunId ?? version.RunId, ModelId = request.ModelId ?? version.ModelId };
    }

    private static void CheckOwner(string source, string parameter, string? root, bool named)
    {
        if (ArtifactUri.ToLocalPath(source) is { } path)
        {
            if (root is null || ArtifactUri.ToLocalPath(root) is not { } folder || !IsInside(Path.GetFullPath(path), Path.GetFullPath(folder)))
                throw Bad(source, $"To use a local path as a model version source, the {parameter} request parameter has to be specified and the local path has to be contained within the artifact directory of the run specified by the {parameter}.");
            return;
        }

        CheckAbsolute(source);
        if (NeedsOwner(source) && !named && (root is null || !IsInside(source.TrimEnd('/'), root.TrimEnd('/'))))
            throw Bad(source, $"The {parameter} request parameter must identify the resource that contains the source.");
    }

    /// <summary>Refuses steps up and empty steps, however they are encoded.</summary>
    private static void CheckAbsolute(string source)
    {
        var (plain, before) = (source, "");
        while (plain != before)
            (plain, before) = (Uri.UnescapeDataString(plain), plain);
        if (plain.Contains('\0') || plain.Split('/', '\\').Any(part => part is ".." or "."))
            throw Bad(source, "It must be an absolute path or URI, without relative path references such as '..'.");
    }

    private static bool NeedsOwner(string source) => IsPlace(source) || source.StartsWith("runs:", StringComparison.OrdinalIgnoreCase) || ModelUri.Matches(source);

    /// <summary>Whether a source is on the server's disk or among the artifacts that a server passes on.</summary>
    private static bool IsPlace(string source) =>
        (ArtifactUri.ToLocalPath(source) is not null && source.AsSpan().IndexOfAny('/', '\\', ':') >= 0)
        || source.StartsWith("mlflow-artifacts:", StringComparison.OrdinalIgnoreCase)
        || (source.StartsWith("http", StringComparison.OrdinalIgnoreCase) && source.Contains("/api/2.0/mlflow-artifacts/artifacts", StringComparison.Ordinal));

    private static bool IsOfRun(string source, string runId) => source.StartsWith("runs:/", StringComparison.Ordinal)
        && !source.StartsWith("runs://", StringComparison.Ordinal) && source["runs:/".Length..].Split('/')[0] == runId;

    private static bool IsInside(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd('/', '\\') + '/', StringComparison.Ordinal) || path.StartsWith(folder.TrimEnd('/', '\\') + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static MlflowException Bad(string source, string why) => MlflowException.Invalid($"Invalid model version source: '{source}'. {why}");
}
