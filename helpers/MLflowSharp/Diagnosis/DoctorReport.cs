using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using MLflowSharp.Stores;
using MLflowSharp.Stores.Files;
using MLflowSharp.Stores.Sql.Sqlite;

namespace MLflowSharp.Diagnosis;

/// <summary>Collects what <see cref="Mlflow.Doctor"/> prints. What fails becomes a line of its own.</summary>
internal static class DoctorReport
{
    private static readonly string[] SecretNames = ["PASSWORD", "TOKEN", "SECRET", "KEY", "CREDENTIAL", "AUTH"];

    /// <summary>The lines, each with its name.</summary>
    /// <param name="options">Settings of the fluent functions.</param>
    /// <param name="active">The active run; null when there is none.</param>
    /// <param name="experimentId">The experiment set; null when none is.</param>
    /// <param name="cancellationToken">Cancels the look at the stores.</param>
    public static async Task<IReadOnlyList<(string Name, string Value)>> WriteAsync(
        MlflowClientOptions options, ActiveRun? active, string? experimentId, CancellationToken cancellationToken)
    {
        var (tracking, registry) = (Mlflow.GetTrackingUri(), Mlflow.GetRegistryUri());
        var lines = new List<(string, string)>
        {
            ("System", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"),
            (".NET", RuntimeInformation.FrameworkDescription),
            ("MLflowSharp", typeof(Mlflow).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"),
            ("Tested with MLflow", string.Join(", ", Mlflow.TestedMlflowVersions)),
            ("Tracking URI", StoreUri.WithoutSecrets(tracking)),
            ("Tracking store", await LookAsync(tracking, options, CountExperimentsAsync, cancellationToken)),
            ("Registry URI", StoreUri.WithoutSecrets(registry)),
            ("Registry", await LookAsync(registry, options, CountModelsAsync, cancellationToken)),
            ("Active experiment", experimentId ?? "not set"),
            ("Active run", active is null ? "none" : $"{active.RunId} ({active.Info.RunName}), artifacts at {StoreUri.WithoutSecrets(active.Info.ArtifactUri)}"),
            ("Not stored yet", Journals(options)),
        };
        foreach (var (name, value) in Variables())
            lines.Add((name, value));
        return lines;
    }

    private static async Task<string> LookAsync(
        string uri, MlflowClientOptions options, Func<MlflowClient, CancellationToken, Task<string>> look, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            if (LocalPath(uri) is { } path && !File.Exists(path) && !Directory.Exists(path))
                return $"{path} does not exist yet; it is made when something is logged";
            using var client = new MlflowClient(uri, options with { Journal = options.Journal with { Enabled = false } });
            var found = await look(client, cancellationToken);
            return string.Create(CultureInfo.InvariantCulture, $"answers in {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms, {found}");
        }
        catch (MlflowException failure)
        {
            return $"FAILED, {failure.ErrorCode.ToMlflowName()}: {failure.Message}";
        }
    }

    private static string? LocalPath(string uri) =>
        SqliteUri.Matches(uri) ? SqliteUri.ToPath(uri)
        : FileStoreUri.Matches(uri) ? FileStoreUri.ToPath(uri)
        : null;

    private static async Task<string> CountExperimentsAsync(MlflowClient client, CancellationToken cancellationToken) =>
        Count(await client.SearchExperimentsAsync(cancellationToken: cancellationToken), "experiment");

    private static async Task<string> CountModelsAsync(MlflowClient client, CancellationToken cancellationToken) =>
        Count(await client.SearchRegisteredModelsAsync(cancellationToken: cancellationToken), "registered model");

    private static string Count<T>(PagedList<T> page, string what) =>
        $"{page.Count.ToString(CultureInfo.InvariantCulture)}{(page.Token is null ? "" : " or more")} {what}{(page.Count == 1 ? "" : "s")}";

    private static string Journals(MlflowClientOptions options)
    {
        try
        {
            var journals = MlflowJournals.Find(options: options.Journal).Where(journal => journal.Records > 0 || journal.RejectedFile is not null).ToList();
            return journals.Count == 0
                ? "nothing"
                : string.Join("; ", journals.Select(journal => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{journal.Records} calls in {journal.Path} ({journal.State}, for {journal.Store}){(journal.RejectedFile is { } file ? $", refused ones in {file}" : "")}")));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"cannot be looked at: {failure.Message}";
        }
    }

    private static IEnumerable<(string Name, string Value)> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => (Name: (string)entry.Key, Value: (string?)entry.Value ?? ""))
            .Where(variable => variable.Name.StartsWith("MLFLOW_", StringComparison.Ordinal))
            .OrderBy(variable => variable.Name, StringComparer.Ordinal)
            .Select(variable => (variable.Name, Array.Exists(SecretNames, secret => variable.Name.Contains(secret, StringComparison.Ordinal)) ? "***" : StoreUri.WithoutSecrets(variable.Value)));
}
