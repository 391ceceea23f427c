using System.Diagnostics;
using Microsoft.Data.Sqlite;
using MLflowSharp.Stores.Sql;
using MLflowSharp.Stores.Sql.Sqlite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

public sealed class SqliteCancellationTests : IDisposable
{
    // Far more than giving up takes, and far less than the lock is waited for.
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly MlflowClientOptions _options;

    public SqliteCancellationTests() =>
        _options = _folder.Options with { BusyTimeout = TimeSpan.FromMinutes(5), Journal = new() { Enabled = false } };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Waiting_for_another_writer_is_given_up_and_nothing_is_written()
    {
        using var client = _folder.NewClient(_options);
        var run = client.CreateRun("0").Info.RunId;
        using var other = Open();
        Execute(other, "BEGIN EXCLUSIVE");

        await GivesUp(token => client.LogBatchAsync(run, [new("loss", 1, 0)], cancellationToken: token));
        await GivesUp(token => client.GetRunAsync(run, token));
        Execute(other, "ROLLBACK");

        Assert.Empty(client.GetMetricHistory(run, "loss"));
        client.LogMetric(run, "loss", 2);
        Assert.Equal(2.0, Assert.Single(client.GetMetricHistory(run, "loss")).Value);
    }

    [Fact]
    public async Task Waiting_for_a_reader_at_the_end_is_given_up_and_nothing_is_written()
    {
        using var client = _folder.NewClient(_options);
        var run = client.CreateRun("0").Info.RunId;
        using var other = Open();
        Execute(other, "BEGIN; SELECT * FROM runs");

        await GivesUp(token => client.LogBatchAsync(run, [new("loss", 1, 0)], cancellationToken: token));
        Execute(other, "COMMIT");

        Assert.Empty(client.GetMetricHistory(run, "loss"));
    }

    [Fact]
    public async Task Waiting_is_given_up_when_the_database_is_first_opened()
    {
        using (var first = _folder.NewClient(_options))
            first.CreateExperiment("x");
        using var other = Open();
        Execute(other, "BEGIN EXCLUSIVE");
        using var client = _folder.NewClient(_options);

        await GivesUp(token => client.GetExperimentAsync("0", token));
        Execute(other, "ROLLBACK");

        Assert.Equal("Default", client.GetExperiment("0").Name);
    }

    [Fact]
    public async Task Who_waits_for_another_call_of_the_same_client_gives_up_too()
    {
        using var client = _folder.NewClient(_options);
        client.CreateExperiment("x");
        using var other = Open();
        Execute(other, "BEGIN EXCLUSIVE");
        using var longer = new CancellationTokenSource();
        var waiting = Task.Run(() => client.GetExperimentAsync("0", longer.Token), TestContext.Current.CancellationToken);

        await GivesUp(token => client.GetExperimentAsync("1", token));
        await longer.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_statement_that_runs_is_given_up_and_what_was_written_before_it_is_undone()
    {
        const string Endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n WHERE i < 0";
        using var database = new SqlDatabase(new SqliteDialect(_folder.DatabasePath, _options), _options);

        await GivesUp(token => database.ReadAsync(session => session.Number(Endless), token));
        await GivesUp(token => database.WriteAsync(
            session =>
            {
                session.Execute("UPDATE experiments SET name = 'changed'");
                return session.Number(Endless);
            },
            token));

        Assert.Equal("Default", await database.ReadAsync(session => session.Text("SELECT name FROM experiments"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_statement_after_the_cancellation_is_not_begun()
    {
        using var database = new SqlDatabase(new SqliteDialect(SqliteUri.InMemory, _options), _options);
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.WriteAsync(
            session =>
            {
                session.Execute("UPDATE experiments SET name = 'changed'");
                cancellation.Cancel();
                session.Execute("UPDATE experiments SET name = 'never'");
            },
            cancellation.Token));

        Assert.Equal("Default", await database.ReadAsync(session => session.Text("SELECT name FROM experiments"), TestContext.Current.CancellationToken));
    }

    private static async Task GivesUp(Func<CancellationToken, Task> call)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var began = Stopwatch.GetTimestamp();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => call(cancellation.Token), TestContext.Current.CancellationToken));

        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Prompt);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_folder.DatabasePath};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
