using MLflowSharp.Artifacts;

namespace MLflowSharp.Stores.Sql;

/// <summary>
/// MLflow's database: opened on first use, created whole if it is empty, checked otherwise. A caller has a connection alone; each call is
/// one transaction. The tracking store and the registry store of a URI share one of these.
/// </summary>
internal sealed class SqlDatabase : IDisposable
{
    /// <summary>How often a transaction that others got in the way of is tried in all.</summary>
    private const int Attempts = 5;

    private readonly SqlDialect _dialect;
    private readonly MlflowClientOptions _options;
    private readonly SqlSlots _writers;
    private readonly SqlSlots _readers;
    private readonly SqlSlots _watchers;
    private readonly SemaphoreSlim _closing = new(1, 1);
    private volatile int _replacements;
    private volatile bool _disposed;

    /// <param name="dialect">The kind of database.</param>
    /// <param name="options">Settings.</param>
    public SqlDatabase(SqlDialect dialect, MlflowClientOptions options)
    {
        (_dialect, _options) = (dialect, options);
        ArtifactRoot = ArtifactUri.Resolve(options.DefaultArtifactRoot);
        _writers = new(dialect.Writers);
        _readers = dialect.Readers > dialect.Writers ? new(dialect.Readers) : _writers;
        // Only what one connection says of the state can be compared. Where there may be several, one is kept for that.
        _watchers = dialect.Readers > 1 ? new(1) : _readers;
    }

    /// <summary>The settings the stores were opened with.</summary>
    public MlflowClientOptions Options => _options;

    /// <summary>What differs between the kinds of database.</summary>
    public SqlDialect Dialect => _dialect;

    /// <summary>The folder or URI that experiments without a location of their own get theirs in.</summary>
    public string ArtifactRoot { get; }

    /// <summary>Tables and columns there are, for what only some versions have. Known inside a transaction.</summary>
    public SchemaColumns Columns { get; private set; } = SchemaColumns.None;

    /// <summary>The current time as MLflow stores it: milliseconds since 1970.</summary>
    public long Now => _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Runs one transaction that only reads.</summary>
    public Task<T> ReadAsync<T>(Func<SqlSession, T> body, CancellationToken cancellationToken) =>
        RunAsync(_readers, writes: false, body, cancellationToken);

    /// <summary>A text that is another than before when anything was written since.</summary>
    public Task<string> ReadStateAsync(CancellationToken cancellationToken) => RunAsync(
        _watchers, writes: false, session => $"{session.Ordinal}.{session.Text(_dialect.StateQuery)}", cancellationToken);

    /// <summary>Runs one transaction that writes. It is undone when the body throws, and may be run again when others got in the way.</summary>
    public Task<T> WriteAsync<T>(Func<SqlSession, T> body, CancellationToken cancellationToken) =>
        RunAsync(_writers, writes: true, body, cancellationToken);

    /// <summary>Runs one transaction that writes. It is undone when the body throws, and may be run again when others got in the way.</summary>
    public Task WriteAsync(Action<SqlSession> body, CancellationToken cancellationToken) =>
        WriteAsync(session =>
        {
            body(session);
            return true;
        }, cancellationToken);

    public void Dispose()
    {
        _disposed = true;
        _closing.Wait();
        SqlSlots.Close(Slots, _ => { }, _dialect.Leave);
        _closing.Release();
    }

    private async Task<T> RunAsync<T>(SqlSlots slots, bool writes, Func<SqlSession, T> body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            var replacements = _replacements;
            var slot = await slots.TakeAsync(cancellationToken);
            try
            {
                // A file has no asynchronous input and output worth the name: the work is done here.
                return _dialect.IsRemote
                    ? await Task.Run(() => Run(slot, writes, body, cancellationToken), cancellationToken)
                    : Run(slot, writes, body, cancellationToken);
            }
            catch (DatabaseReplacedException)
            {
                // Done once more, with the database that is there now.
            }
            finally
            {
                slots.Return(slot);
            }

            await Task.Run(() => Reopen(replacements), cancellationToken);
        }
    }

    /// <summary>Closes all connections to a database that was replaced, unless another caller has done so. The next caller opens the new one.</summary>
    private void Reopen(int replacements)
    {
        _closing.Wait();
        try
        {
            if (replacements != _replacements)
                return;
            SqlSlots.Close(Slots, _dialect.Abandon, _ => { });
            _replacements++;
        }
        finally
        {
            _closing.Release();
        }

        _options.Warn($"The database '{_dialect.Name}' was replaced by another file while it was open; the new one is used from now on.");
    }

    private SqlSlots[] Slots => [.. new[] { _watchers, _readers, _writers }.Distinct()];

    private T Run<T>(SqlSlot slot, bool writes, Func<SqlSession, T> body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var committing = false;
            try
            {
                slot.Session ??= Open(cancellationToken);
                return InTransaction(slot, writes, body, cancellationToken, () => committing = true);
            }
            catch (Exception error) when (_dialect.Raised(error))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_dialect.WasReplaced(error))
                    throw new DatabaseReplacedException();
                // A connection that was lost before COMMIT has stored nothing either; one lost during it may have.
                if (attempt == Attempts || !(_dialect.MayRepeat(error) || (_dialect.IsBroken(error) && !committing)))
                    throw _dialect.Translate(error);
                Thread.Sleep(_options.Random.Next(10, 50) * attempt);
            }
        }
    }

    private T InTransaction<T>(SqlSlot slot, bool writes, Func<SqlSession, T> body, CancellationToken cancellationToken, Action? committing = null)
    {
        var session = slot.Session!;
        try
        {
            return session.Cancellable(
                () =>
                {
                    _dialect.Begin(session, writes, cancellationToken);
                    var result = body(session);
                    committing?.Invoke();
                    _dialect.Commit(session, cancellationToken);
                    return result;
                },
                cancellationToken);
        }
        catch (Exception error)
        {
            RollBack(slot, error);
            throw;
        }
    }

    private void RollBack(SqlSlot slot, Exception cause)
    {
        if (_dialect.IsBroken(cause))
        {
            // The database ends the transaction of a connection that is gone.
            slot.Close();
            return;
        }

        try
        {
            slot.Session!.Execute("ROLLBACK");
        }
        catch (Exception error) when (_dialect.HasRolledBack(error))
        {
            // As SQLite does after "disk full"; the first error is the one to report.
        }
        catch (Exception error) when (_dialect.Raised(error))
        {
            slot.Close();
        }
    }

    private SqlSession Open(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(MlflowClient));
        var slot = new SqlSlot { Session = new(_dialect.Connect(cancellationToken), _dialect) };
        try
        {
            Columns = InTransaction(slot, writes: false, SchemaColumns.Read, cancellationToken);
            if (Columns.IsEmpty)
                InTransaction(slot, writes: true, Create, cancellationToken);
            var isUsed = InTransaction(slot, writes: false, IsUsed, cancellationToken);
            if (!isUsed)
                InTransaction(slot, writes: true, CreateDefaultExperiment, cancellationToken);
            return slot.Session;
        }
        catch
        {
            slot.Close();
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
        _dialect.LockForCreation(session);
        // Another process may have created it between the look and the lock.
        Columns = SchemaColumns.Read(session);
        if (!Columns.IsEmpty)
            return false;
        var (ddl, revision) = SchemaRevision.ReadScript(_dialect.Schemas, _options.DatabaseVersion);
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
