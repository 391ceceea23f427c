namespace MLflowSharp.Stores.Sql;

/// <summary>Registered models in MLflow's own database, the one that the tracking store uses.</summary>
internal sealed partial class SqlModelRegistryStore(SqlDatabase database) : IModelRegistryStore
{
    public void Dispose() => database.Dispose();

    private Task<T> ReadAsync<T>(Func<RegistrySession, T> body, CancellationToken cancellationToken) =>
        database.ReadAsync(session => body(new(session, database.Columns)), cancellationToken);

    private Task<T> WriteAsync<T>(Func<RegistrySession, T> body, CancellationToken cancellationToken) =>
        database.WriteAsync(session => body(new(session, database.Columns)), cancellationToken);

    private Task WriteAsync(Action<RegistrySession> body, CancellationToken cancellationToken) =>
        database.WriteAsync(session => body(new(session, database.Columns)), cancellationToken);
}
