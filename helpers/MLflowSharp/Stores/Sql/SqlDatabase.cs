using MLflowSharp.Artifacts;

namespace MLflowSharp.Stores.Sql;

/// <summary>
/// MLflow's database: opened on first use, created whole if it is empty, checked otherwise. One connection, one caller at a time; each call is
/// one transaction. The tracking store and the registry store of a URI share one of these.
/// </summary>
internal sealed class SqlDatabase(SqlDialect dialect, MlflowClientOptions options) : IDisposable
{
    /// <summary>How often a transaction that others got in the way of is tried in all.</summary>
    private const int Attempts = 5;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private SqlSession? _session;
    private bool _disposed;

    /// <summary>The settings the stores were opened with.</summary>
    public MlflowClientOptions Options => options;

    /// <summary>What differs between the kinds of database.</summary>
    public SqlDialect Dialect => dialect;

    /// <summary>The folder or URI that experiments without a location of their own get theirs in.</summary>
    public string ArtifactRoot { get; } = ArtifactUri.Resolve(options.DefaultArtifactRoot);

    /// <summary>Tables and columns there are, for what only some versions have. Known inside a transaction.</summary>
    public SchemaColumns Columns { get; private set; } = SchemaColumns.None;

    /// <summary>The current time as MLflow stores it: milliseconds since 1970.</summary>
    public long Now => options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Runs one transaction that only reads.</summary>
    public Task<T> ReadAsync<T>(Func<SqlSession, T> body, CancellationToken cancellationToken) =>
        RunAsync(writes: false, body, cancellationToken);

    /// <summary>Runs one transaction that writes. It is undone when the body throws, and may be run again when others got in the way.</summary>
    public Task<T> WriteAsync<T>(Func<SqlSession, T> body, CancellationToken cancellationToken) =>
        RunAsync(writes: true, body, cancellationToken);

    /// <summary>Runs one transaction that writes. It is undone when the body throws, and may be run again when others got in the way.</summary>
    public Task WriteAsync(Action<SqlSession> body, CancellationToken cancellationToken) =>
        WriteAsync(session =>
        {
            body(session);
            return true;
        }, cancellationToken);

    public void Dispose()
    {
        _gate.Wait();
        _disposed = true;
        Close();
        _gate.Release();
    }

    private void Close()
    {
        _session?.Dispose();
        _session = null;
    }

    private async Task<T> RunAsync<T>(bool writes, Func<SqlSession, T> body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // A file has no asynchronous input and output worth the name: the work is done here.
        if (dialect.IsRemote)
            await _gate.WaitAsync(cancellationToken);
        else
            _gate.Wait(cancellationToken);
        try
        {
            return dialect.IsRemote
                ? await Task.Run(() => Run(writes, body, cancellationToken), cancellationToken)
                : Run(writes, body, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private T Run<T>(bool writes, Func<SqlSession, T> body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var committing = false;
            try
            {
                var session = _session ??= Open(cancellationToken);
                return InTransaction(session, writes, body, cancellationToken, () => committing = true);
            }
            catch (Exception error) when (dialect.Raised(error))
            {
                cancellationToken.ThrowIfCancellationRequested();
                // A connection that was lost before COMMIT has stored nothing either; one lost during it may have.
                if (attempt == Attempts || !(dialect.MayRepeat(error) || (dialect.IsBroken(error) && !committing)))
                    throw dialect.Translate(error);
                Thread.Sleep(options.Random.Next(10, 50) * attempt);
            }
        }
    }

    private T InTransaction<T>(SqlSession session, bool writes, Func<SqlSession, T> body, CancellationToken cancellationToken, Action? committing = null)
    {
        try
        {
            return session.Cancellable(
                () =>
                {
                    dialect.Begin(session, writes, cancellationToken);
                    var result = body(session);
                    committing?.Invoke();
                    dialect.Commit(session, cancellationToken);
                    return result;
                },
                cancellationToken);
        }
        catch (Exception error)
        {
            RollBack(session, error);
            throw;
        }
    }

    private void RollBack(SqlSession session, Exception cause)
    {
        if (dialect.IsBroken(cause))
        {
            // The database ends the transaction of a connection that is gone.
            Close();
            return;
        }

        try
        {
            session.Execute("ROLLBACK");
        }
        catch (Exception error) when (dialect.HasRolledBack(error))
        {
            // As SQLite does after "disk full"; the first error is the one to report.
        }
        catch (Exception error) when (dialect.Raised(error))
        {
            Close();
        }
    }

    private SqlSession Open(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(MlflowClient));
        var session = new SqlSession(dialect.Connect(cancellationToken), dialect);
        try
        {
            Columns = InTransaction(session, writes: false, SchemaColumns.Read, cancellationToken);
            if (Columns.IsEmpty)
                InTransaction(session, writes: true, Create, cancellationToken);
            var isUsed = InTransaction(session, writes: false, IsUsed, cancellationToken);
            if (!isUsed)
                InTransaction(session, writes: true, CreateDefaultExperiment, cancellationToken);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private bool IsUsed(SqlSession session)
    {
        SchemaRevision.Check(session, Columns);
        return session.Any("SELECT 1 FROM experiments LIMIT 1");
    }

    private bool Create(SqlSession session)
    {
        dialect.LockForCreation(session);
        // Another process may have created it between the look and the lock.
        Columns = SchemaColumns.Read(session);
        if (!Columns.IsEmpty)
            return false;
        var (ddl, revision) = SchemaRevision.ReadScript(dialect.Schemas, options.DatabaseVersion);
        session.ExecuteScript(ddl);
        session.Execute("INSERT INTO alembic_version (version_num) VALUES ($1)", revision);
        Columns = SchemaColumns.Read(session);
        return CreateDefaultExperiment(session);
    }

    /// <summary>MLflow's programs expect the experiment 0, named Default.</summary>
    private bool CreateDefaultExperiment(SqlSession session) => session.Execute(
        "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time) "
        + "VALUES (0, 'Default', $1, 'active', $2, $3) ON CONFLICT DO NOTHING",
        ArtifactUri.Append(ArtifactRoot, "0"), Now, Now) == 1;
}
