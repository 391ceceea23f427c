using MLflowSharp.Artifacts;
using MLflowSharp.Context;
using MLflowSharp.Validation;
using Microsoft.Data.Sqlite;

namespace MLflowSharp.Stores.Sqlite;

/// <summary>Experiments and runs in MLflow's own SQLite database.</summary>
internal sealed partial class SqliteTrackingStore : ITrackingStore
{
    private readonly SqliteDatabase _database;
    private readonly MlflowClientOptions _options;
    private readonly EntityValidator _validator;
    private readonly string _artifactRoot;

    public SqliteTrackingStore(string path, MlflowClientOptions options)
    {
        _options = options;
        _validator = new EntityValidator(options.Warn);
        _artifactRoot = ArtifactUri.Resolve(options.DefaultArtifactRoot);
        _database = new SqliteDatabase(path, options, CreateDefaultExperiment);
    }

    public void Dispose() => _database.Dispose();

    private long Now => _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>MLflow's programs expect the experiment 0, named Default.</summary>
    private void CreateDefaultExperiment(SqliteSession session) =>
        InsertExperiment(session, experimentId: 0L, "Default", ArtifactUri.Append(_artifactRoot, "0"));

    private static long? LongOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static string TextOrEmpty(SqliteDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);

    private static string NewIdentifier() => Guid.NewGuid().ToString("N");

    private string NewRunName() => RunName.Generate(_options.Random);
}
