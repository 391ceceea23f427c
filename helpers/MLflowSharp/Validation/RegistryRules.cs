using System.Globalization;
using System.Text.RegularExpressions;
using MLflowSharp.Search;

namespace MLflowSharp.Validation;

/// <summary>MLflow's rules for names, versions, aliases and tags of registered models, and for names of logged models.</summary>
internal static partial class RegistryRules
{
    private const int MaxAliasLength = 255;
    private const int MaxTagValueLength = 100_000;
    private const int MaxLoggedModelKeyLength = 255;
    private const string LoggedModelNameBans = "/:.%\"'";

    /// <summary>The alias that every registered model with a version has.</summary>
    public const string LatestAlias = "latest";

    public static void CheckModelName(string? name, string path = "name")
    {
        if (string.IsNullOrWhiteSpace(name))
            throw MlflowException.Invalid($"Missing value for required parameter '{path}'. Give the registered model a name.");
        if (name.AsSpan().ContainsAny('/', ':'))
            throw MlflowException.Invalid($"Invalid model name '{name}'. Names cannot contain '/' or ':', which separate name and version in models:/name/1.");
        KeyRules.CheckPath(name, path);
    }

    /// <summary>Why a name cannot be given: it is that of a model or a prompt, which share their names.</summary>
    /// <param name="existing">What has the name.</param>
    /// <param name="tags">The tags of what was to get it, of which one says whether it is a prompt.</param>
    public static MlflowException AlreadyExists(RegisteredModel existing, IReadOnlyDictionary<string, string>? tags)
    {
        var (old, another) = (KindOf(existing.Tags), KindOf(tags));
        return new(
            old == another
                ? $"{old} (name={existing.Name}) already exists. Create a version of it, or choose another name."
                : $"Tried to create a {another.ToLowerInvariant()} with name '{existing.Name}', but the name is already taken by a {old.ToLowerInvariant()}. Choose another name.",
            ErrorCode.ResourceAlreadyExists);

        static string KindOf(IReadOnlyDictionary<string, string>? tags) =>
            tags?.GetValueOrDefault(SearchSchema.PromptTag)?.Equals("true", StringComparison.OrdinalIgnoreCase) == true ? "Prompt" : "Registered Model";
    }

    public static long CheckVersion(string? version) =>
        long.TryParse(version, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw MlflowException.Invalid($"Parameter 'version' must be an integer, got '{version}'. Versions are numbered 1, 2, 3, …");

    public static void CheckAlias(string? alias)
    {
        if (string.IsNullOrEmpty(alias))
            throw MlflowException.Invalid("Registered model alias name cannot be empty.");
        if (!AliasPattern().IsMatch(alias))
            throw MlflowException.Invalid($"Invalid alias name: '{alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).");
        if (TextLimit.Exceeds(alias, MaxAliasLength))
            throw MlflowException.Invalid($"'Registered model alias name' exceeds the maximum length of {MaxAliasLength} characters: '{TextLimit.Take(alias, 40)}…'");
    }

    public static void CheckNewAlias(string? alias)
    {
        CheckAlias(alias);
        if (IsLatest(alias!))
            throw MlflowException.Invalid("'latest' alias name (case insensitive) is reserved: it is the newest version. Choose another name.");
        if (VersionPattern().IsMatch(alias!))
            throw MlflowException.Invalid($"Version alias name '{alias}' is reserved. Choose a name that does not look like a version.");
    }

    public static bool IsLatest(string alias) => alias.Equals(LatestAlias, StringComparison.OrdinalIgnoreCase);

    public static void CheckTag(string key, string? value)
    {
        KeyRules.Check(key, "key");
        if (value is null)
            throw MlflowException.Invalid($"Missing value for required parameter 'value' of the tag '{key}'.");
        if (TextLimit.Exceeds(value, MaxTagValueLength))
            throw MlflowException.Invalid($"'value' exceeds the maximum length of {MaxTagValueLength} characters: the tag '{key}' has {TextLimit.Length(value)}.");
    }

    public static void CheckTags(IReadOnlyDictionary<string, string>? tags)
    {
        foreach (var (key, value) in tags ?? new Dictionary<string, string>())
            CheckTag(key, value);
    }

    public static void CheckMaxResults(int maxResults, int limit)
    {
        if (maxResults < 1)
            throw MlflowException.Invalid($"Invalid value {maxResults} for parameter 'max_results' supplied. It must be a positive integer");
        if (maxResults > limit)
            throw MlflowException.Invalid($"Invalid value {maxResults} for parameter 'max_results' supplied. It must be at most {limit}");
    }

    /// <summary>Gives a stage in MLflow's spelling.</summary>
    public static string CanonicalStage(string stage) => ModelStages.All.FirstOrDefault(known => known.Equals(stage, StringComparison.OrdinalIgnoreCase))
        ?? throw MlflowException.Invalid($"Invalid Model Version stage: {stage}. Value must be one of {string.Join(", ", ModelStages.All)}.");

    /// <summary>Checks a logged model's name; null asks for a generated one.</summary>
    public static void CheckLoggedModelName(string? name)
    {
        if (name is null)
            return;
        if (!IsLoggedModelName(name))
            throw MlflowException.Invalid($"Invalid model name ('{name}') provided. Model name must be a non-empty string and cannot contain any of {string.Join(' ', LoggedModelNameBans.ToCharArray())}");
    }

    /// <summary>Whether a logged model may have the name.</summary>
    public static bool IsLoggedModelName(string name) => name.Length > 0 && !name.Any(LoggedModelNameBans.Contains);

    /// <summary>Checks tags or parameters of a logged model, whose keys MLflow leaves free.</summary>
    public static void CheckLoggedModelItems(IReadOnlyDictionary<string, string>? items, string what)
    {
        foreach (var (key, value) in items ?? new Dictionary<string, string>())
        {
            if (string.IsNullOrEmpty(key) || TextLimit.Exceeds(key, MaxLoggedModelKeyLength))
                throw MlflowException.Invalid($"The key of a logged model's {what} must have 1 to {MaxLoggedModelKeyLength} characters: '{TextLimit.Take(key ?? "", 40)}'.");
            if (value is null)
                throw MlflowException.Invalid($"The {what} '{key}' of a logged model has no value.");
        }
    }

    [GeneratedRegex(@"^[\w\-]*\z")]
    private static partial Regex AliasPattern();

    [GeneratedRegex(@"^[vV]\d+\z")]
    private static partial Regex VersionPattern();

    /// <summary>Checks that a version may be moved to a stage, and that others may be archived for it.</summary>
    /// <returns>The stage as MLflow writes it.</returns>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static string CheckTransition(string stage, bool archiveExistingVersions)
    {
        var canonical = CanonicalStage(stage);
        return !archiveExistingVersions || ModelStages.Active.Contains(canonical)
            ? canonical
            : throw MlflowException.Invalid(
                $"Model version transition cannot archive existing model versions because '{stage}' is not an Active stage. Valid stages are {string.Join(", ", ModelStages.Active)}.");
    }
}
