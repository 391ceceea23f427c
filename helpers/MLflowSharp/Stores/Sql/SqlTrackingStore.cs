using System.Data.Common;
using MLflowSharp.Context;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

/// <summary>Experiments, runs and traces in MLflow's own database.</summary>
internal sealed partial class SqlTrackingStore(SqlDatabase database) : ITrackingStore, ITraceStore
{
    private readonly SqlDatabase _database = database;
    private readonly EntityValidator _validator = new(database.Options.Warn);

    public void Dispose() => _database.Dispose();

    private long Now => _database.Now;

    private static long? LongOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static string TextOrEmpty(DbDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);

    private static string NewIdentifier() => Guid.NewGuid().ToString("N");

    private string NewRunName() => RunName.Generate(_database.Options.Random);
}
