using System.Data.Common;
using System.Globalization;
using MLflowSharp.Registry;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

/// <summary>Reads registered models within one transaction. From MLflow 3.10 on the tables have workspaces; only the default one is seen.</summary>
internal sealed class RegistrySession(SqlSession session, SchemaColumns columns)
{
    public const string ModelColumns = "m.name, m.creation_time, m.last_updated_time, m.description";

    public const string VersionColumns =
        "v.name, v.version, v.creation_time, v.last_updated_time, v.user_id, v.current_stage, v.description, v.source, v.run_id, v.run_link, v.status, v.status_message";

    private readonly bool _hasWorkspaces = columns.Has("registered_models", "workspace");

    public SqlSession Session => session;

    /// <summary>First columns of the primary keys, for ON CONFLICT.</summary>
    public string KeyPrefix => _hasWorkspaces ? "workspace, " : "";

    /// <summary>A condition, with AND behind it, that a table's rows are of the default workspace; empty where there are none.</summary>
    /// <param name="alias">The table's alias with a dot, or nothing.</param>
    public string Own(string alias = "") => _hasWorkspaces ? $"{alias}workspace = 'default' AND " : "";

    public static MlflowException ModelNotFound(string name) => MlflowException.Missing($"Registered Model with name={name} not found.");

    public static MlflowException VersionNotFound(string name, long version) =>
        MlflowException.Missing(FormattableString.Invariant($"Model Version (name={name}, version={version}) not found."));

    public void RequireModel(string name)
    {
        if (!session.Any($"SELECT 1 FROM registered_models WHERE {Own()}name = $1", name))
            throw ModelNotFound(name);
    }

    public void RequireVersion(string name, long version)
    {
        if (!session.Any($"SELECT 1 FROM model_versions WHERE {Own()}name = $1 AND version = $2 AND current_stage <> '{ModelStages.Deleted}'", name, version))
            throw VersionNotFound(name, version);
    }

    public RegisteredModel ReadModel(string name) =>
        session.Query($"SELECT {ModelColumns} FROM registered_models m WHERE {Own("m.")}m.name = $1", ToModel, name) is [var model]
            ? Complete(model)
            : throw ModelNotFound(name);

    public ModelVersion ReadVersion(string name, long version) =>
        session.Query(
            $"SELECT {VersionColumns} FROM model_versions v WHERE {Own("v.")}v.name = $1 AND v.version = $2 AND v.current_stage <> '{ModelStages.Deleted}'",
            ToVersion, name, version) is [var found]
            ? Complete(found)
            : throw VersionNotFound(name, version);

    /// <summary>The newest version of each stage that has one, the stage that had the first version first, as in MLflow.</summary>
    public List<ModelVersion> ReadLatestVersions(string name) => ReadLatestVersions(name, OfStage("min"));

    /// <summary>A model with all that belongs to it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isFound">Whether it was searched for: MLflow's newest versions come in the order of their stages' names then.</param>
    public RegisteredModel Complete(RegisteredModel model, bool isFound = false) => model with
    {
        Tags = Pairs($"SELECT key, value FROM registered_model_tags WHERE {Own()}name = $1 ORDER BY key", model.Name),
        Aliases = session
            .Query($"SELECT alias, version FROM registered_model_aliases WHERE {Own()}name = $1 ORDER BY alias", row => (row.GetString(0), Number(row, 1)), model.Name)
            .ToDictionary(pair => pair.Item1, pair => Text(pair.Item2)),
        LatestVersions = isFound ? ReadLatestVersions(model.Name, "v.current_stage") : ReadLatestVersions(model.Name),
    };

    public ModelVersion Complete(ModelVersion version)
    {
        var number = long.Parse(version.Version, CultureInfo.InvariantCulture);
        return version with
        {
            Tags = Pairs($"SELECT key, value FROM model_version_tags WHERE {Own()}name = $1 AND version = $2 ORDER BY key", version.Name, number),
            Aliases = session.Query(
                $"SELECT alias FROM registered_model_aliases WHERE {Own()}name = $1 AND version = $2 ORDER BY alias", row => row.GetString(0), version.Name, number),
        };
    }

    public static RegisteredModel ToModel(DbDataReader row) => new()
    {
        Name = row.GetString(0),
        CreationTime = Time(row, 1),
        LastUpdatedTime = row.IsDBNull(2) ? Time(row, 1) : Time(row, 2),
        Description = TextOrNull(row, 3),
    };

    public static ModelVersion ToVersion(DbDataReader row)
    {
        var source = TextOrNull(row, 7);
        return new()
        {
            Name = row.GetString(0),
            Version = Text(Number(row, 1)),
            CreationTime = Time(row, 2),
            LastUpdatedTime = row.IsDBNull(3) ? Time(row, 2) : Time(row, 3),
            UserId = TextOrNull(row, 4),
            CurrentStage = TextOrNull(row, 5) ?? ModelStages.None,
            Description = TextOrNull(row, 6),
            Source = source,
            RunId = TextOrNull(row, 8),
            RunLink = TextOrNull(row, 9),
            Status = ModelVersionStatusText.Parse(TextOrNull(row, 10)),
            StatusMessage = TextOrNull(row, 11),
            // MLflow has no column for it; the source says it.
            ModelId = source is not null && ModelUri.Matches(source) ? ModelUri.Parse(source).ModelId : null,
        };
    }

    private List<ModelVersion> ReadLatestVersions(string name, string order) => session
        .Query(
            $"SELECT {VersionColumns} FROM model_versions v WHERE {Own("v.")}v.name = $1 AND v.current_stage <> '{ModelStages.Deleted}' AND v.version = {OfStage("max")} ORDER BY {order}",
            ToVersion, name)
        .ConvertAll(Complete);

    /// <summary>The lowest or highest version that is in the stage of a version.</summary>
    private string OfStage(string which) => $"(SELECT {which}(w.version) FROM model_versions w WHERE {Own("w.")}w.name = v.name AND w.current_stage = v.current_stage)";

    private Dictionary<string, string> Pairs(string sql, params ReadOnlySpan<object?> values) =>
        session.Query(sql, row => (row.GetString(0), TextOrNull(row, 1) ?? ""), values).ToDictionary(pair => pair.Item1, pair => pair.Item2);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    // Texts that MLflow leaves out are NULL or empty, depending on the way they came.
    private static string? TextOrNull(DbDataReader row, int column) => row.IsDBNull(column) || row.GetString(column) is not { Length: > 0 } text ? null : text;

    private static DateTimeOffset Time(DbDataReader row, int column) => SqlText.ToTime(row.IsDBNull(column) ? 0 : row.GetInt64(column))!.Value;
}
