namespace MLflowSharp.Registry;

/// <summary>
/// A <c>models:/</c> URI (https://mlflow.org/docs/latest/ml/model-registry/#load-a-registered-model): a logged model's identifier, or a
/// registered model with a version, an alias or a stage. With none of these three it is the newest version.
/// </summary>
internal sealed record ModelUri
{
    private const string Scheme = "models:";

    /// <summary>Identifier of a logged model; null for a registered model.</summary>
    public string? ModelId { get; private init; }

    /// <summary>Name of the registered model; empty for a logged model.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The version, if the URI says one.</summary>
    public string? Version { get; private init; }

    /// <summary>The alias, if the URI says one.</summary>
    public string? Alias { get; private init; }

    /// <summary>The stage, if the URI says one.</summary>
    public string? Stage { get; private init; }

    /// <summary>Whether a text is a URI of this kind.</summary>
    public static bool Matches(string uri) => uri.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads where a new version's files come from.</summary>
    /// <returns>Null when it is not a URI of this kind.</returns>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE, also when nothing is said.</exception>
    public static ModelUri? OfSource(string source)
    {
        if (string.IsNullOrEmpty(source))
            throw MlflowException.Invalid("Missing value for required parameter 'source'. Say where the model's files are.");
        return Matches(source) ? Parse(source) : null;
    }

    /// <summary>Reads a URI; a host as in <c>models://host/name/1</c> is accepted and means nothing.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static ModelUri Parse(string uri)
    {
        if (!Matches(uri))
            throw Improper(uri);
        var path = WithoutHost(uri[Scheme.Length..]);
        if (!path.StartsWith('/'))
            throw Improper(uri);

        var parts = path.TrimStart('/').Split('/');
        if (parts.Length > 2 || parts.Any(string.IsNullOrWhiteSpace))
            throw Improper(uri);
        if (parts is [var name, var suffix])
        {
            return suffix.All(char.IsDigit) ? new() { Name = name, Version = suffix }
                : suffix.Equals("latest", StringComparison.OrdinalIgnoreCase) ? new() { Name = name }
                : new() { Name = name, Stage = suffix };
        }

        var at = parts[0].LastIndexOf('@');
        if (at < 0)
            return new() { ModelId = parts[0] };
        var alias = parts[0][(at + 1)..];
        return at == 0 || string.IsNullOrWhiteSpace(alias) ? throw Improper(uri) : new() { Name = parts[0][..at], Alias = alias };
    }

    /// <summary>Cuts a URI with a path inside the model into the model's URI and the path, which is empty when there is none.</summary>
    public static (string Model, string Path) Split(string uri)
    {
        var path = WithoutHost(uri[Scheme.Length..]).Trim('/');
        var parts = path.Split('/');
        // The identifier of a logged model is m- and 32 hexadecimal digits; anything else on its own is an alias or wrong.
        var own = parts[0].Contains('@', StringComparison.Ordinal) || IsModelId(parts[0]) ? 1 : 2;
        return ($"{Scheme}/{string.Join('/', parts.Take(own))}", string.Join('/', parts.Skip(own)));
    }

    private static bool IsModelId(string text) =>
        text.Length == 34 && text.StartsWith("m-", StringComparison.Ordinal) && text.Skip(2).All(char.IsAsciiHexDigitLower);

    private static string WithoutHost(string path)
    {
        if (!path.StartsWith("//", StringComparison.Ordinal))
            return path;
        var slash = path.IndexOf('/', 2);
        return slash < 0 ? "" : path[slash..];
    }

    private static MlflowException Improper(string uri) => MlflowException.Invalid(
        $"Not a proper models:/ URI: {uri}. Write models:/name/version, models:/name@alias, models:/name/latest, models:/name/stage "
        + "or, for a logged model, models:/m-….");
}
