using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore : IWatchedStore
{
    public async Task<string?> GetStateAsync(CancellationToken cancellationToken) => await _database.ReadStateAsync(cancellationToken);

    public Task<IReadOnlyDictionary<string, long>> CountPointsAsync(IReadOnlyList<string> runIds, string key, long atMost, CancellationToken cancellationToken)
    {
        EntityValidator.CheckRunIds(runIds);
        var ids = _database.Dialect.TextList([.. runIds]);
        return _database.ReadAsync<IReadOnlyDictionary<string, long>>(
            session => session.Query(
                "SELECT r.run_uuid, (SELECT count(*) FROM (SELECT 1 FROM metrics WHERE run_uuid = r.run_uuid AND key = $1 LIMIT $2) AS points) "
                + $"FROM runs r WHERE {session.Dialect.In("r.run_uuid", "$3")}",
                row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)), key, atMost, ids).ToDictionary(StringComparer.Ordinal),
            cancellationToken);
    }
}
