using System.Globalization;
using MLflowSharp.Registry;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    private const int MostListed = 20;

    private async Task WithHintsAsync(string name, Task call, CancellationToken cancellationToken)
    {
        try
        {
            await call;
        }
        catch (MlflowException error) when (IsNotFound(error))
        {
            throw await ExplainAsync(name, error, cancellationToken);
        }
    }

    /// <summary>Lets a call about a registered model say, when something is not found, what there is instead.</summary>
    private async Task<T> WithHintsAsync<T>(string name, Task<T> call, CancellationToken cancellationToken)
    {
        await WithHintsAsync(name, (Task)call, cancellationToken);
        return await call;
    }

    private static bool IsNotFound(MlflowException error) => error.ErrorCode == ErrorCode.ResourceDoesNotExist
        || (error.ErrorCode == ErrorCode.InvalidParameterValue && error.Message.StartsWith("Registered model alias ", StringComparison.Ordinal) && error.Message.Contains("not found", StringComparison.Ordinal));

    private async Task<MlflowException> ExplainAsync(string name, MlflowException error, CancellationToken cancellationToken)
    {
        try
        {
            var hint = error.ErrorCode == ErrorCode.InvalidParameterValue
                ? AliasHint(await _registry.GetRegisteredModelAsync(name, cancellationToken))
                : await VersionHintAsync(name, cancellationToken) ?? await ModelHintAsync(name, cancellationToken);
            return new MlflowException($"{error.Message} {hint}", error.ErrorCode, error);
        }
        catch (MlflowException)
        {
            // The hint is a courtesy: when it cannot be found out, what went wrong first is said alone.
            return error;
        }
    }

    private static string AliasHint(RegisteredModel model) => model.Aliases.Count == 0
        ? $"'{model.Name}' has no alias yet; SetRegisteredModelAlias makes one."
        : $"'{model.Name}' has {Listed([.. model.Aliases.OrderBy(alias => alias.Key, StringComparer.Ordinal).Select(alias => $"{alias.Key} (version {alias.Value})")], "alias", "aliases")}.";

    /// <summary>What versions there are; null when there is no such registered model.</summary>
    private async Task<string?> VersionHintAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await _registry.GetRegisteredModelAsync(name, cancellationToken);
        }
        catch (MlflowException missing) when (missing.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            return null;
        }

        var versions = await AllVersionsAsync(name, cancellationToken);
        return versions.Count == 0
            ? $"'{name}' has no version yet."
            : $"'{name}' has {Listed([.. versions.Select(version => version.Version)], "version", "versions")}.";
    }

    private async Task<string> ModelHintAsync(string name, CancellationToken cancellationToken)
    {
        var all = await _registry.SearchRegisteredModelsAsync(filter: null, 1000, orderBy: null, pageToken: null, cancellationToken);
        if (all.Count == 0)
            return $"There is no registered model in {RegistryUri} yet; RegisterModel or CreateRegisteredModel makes one.";
        var nearest = NearestNames.Find(name, all.Select(model => model.Name), count: 3).Select(near => $"'{near}'");
        var count = all.Token is null ? all.Count.ToString(CultureInfo.InvariantCulture) : $"more than {all.Count}";
        return $"There {(all.Count == 1 ? "is" : "are")} {count} registered model{(all.Count == 1 ? "" : "s")}; most similar: {string.Join(", ", nearest)}.";
    }

    /// <summary>All versions of a model, the newest first.</summary>
    private async Task<IReadOnlyList<ModelVersion>> AllVersionsAsync(string name, CancellationToken cancellationToken)
    {
        // A filter has no way to write both kinds of quotes in one text.
        var filter = name.Contains('\'', StringComparison.Ordinal) ? $"name = \"{name}\"" : $"name = '{name}'";
        return await _registry.SearchModelVersionsAsync(filter, 1000, ["version_number DESC"], pageToken: null, cancellationToken);
    }

    private static string Listed(IReadOnlyList<string> items, string one, string many) =>
        $"{items.Count} {(items.Count == 1 ? one : many)}: {string.Join(", ", items.Take(MostListed))}{(items.Count > MostListed ? ", …" : "")}";
}
