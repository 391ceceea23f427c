using MLflowSharp.Registry;

namespace MLflowSharp.Server.Scoring.Serving;

/// <summary>Where the served model comes from, and which version that is at the moment.</summary>
/// <param name="model">A folder, or a URI such as <c>models:/name@champion</c>.</param>
/// <param name="client">Gives the client that knows the URI; it is not asked for a folder.</param>
/// <param name="warn">Receives warnings about data of a model in a folder; other ones warn as their client does.</param>
internal sealed class ModelSource(string model, Func<MlflowClient> client, Action<string> warn)
{
    private readonly ModelUri? _uri = !Directory.Exists(model) && ModelUri.Matches(model) ? ModelUri.Parse(model) : null;

    /// <summary>Whether what is meant can change.</summary>
    public bool CanChange => _uri is { ModelId: null, Version: null };

    /// <summary>Says which version is meant now; empty for what is no registered version.</summary>
    public async Task<string> VersionAsync(CancellationToken cancellationToken) =>
        _uri switch
        {
            null or { ModelId: not null } => "",
            { Version: { } version } => version,
            { Alias: { } alias } => (await client().GetModelVersionByAliasAsync(_uri.Name, alias, cancellationToken)).Version,
            _ => (await client().GetLatestVersionsAsync(_uri.Name, _uri.Stage is null ? null : [_uri.Stage], cancellationToken))
                .Select(version => version.Version).MaxBy(version => long.Parse(version, System.Globalization.CultureInfo.InvariantCulture))
                ?? throw MlflowException.Missing($"No version of '{_uri.Name}' is meant by {model}. Register one, or give its number: models:/{_uri.Name}/1."),
        };

    /// <summary>Loads a version.</summary>
    /// <param name="version">From <see cref="VersionAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the loading.</param>
    public async Task<ServedModel> LoadAsync(string version, CancellationToken cancellationToken)
    {
        if (Directory.Exists(model))
            return new(LoadedModel.Load(model, warn: warn), "");
        var uri = version.Length == 0 ? model : $"models:/{_uri!.Name}/{version}";
        return new(await client().LoadModelAsync(uri, cancellationToken: cancellationToken), version);
    }
}
