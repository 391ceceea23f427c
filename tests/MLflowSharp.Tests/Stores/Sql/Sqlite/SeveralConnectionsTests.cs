using Microsoft.Data.Sqlite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

public sealed class SeveralConnectionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MlflowClientOptions _options;

    public SeveralConnectionsTests() =>
        _options = _folder.Options with { Connections = 3, BusyTimeout = TimeSpan.FromSeconds(1), Journal = new() { Enabled = false } };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Who_reads_does_not_wait_for_who_writes()
    {
        using var client = _folder.NewClient(_options);
        var run = client.CreateRun("0").Info.RunId;
        using var other = Open();
        Execute(other, "BEGIN IMMEDIATE; UPDATE runs SET name = 'unfinished'");

        Assert.NotEqual("unfinished", client.GetRun(run).Info.RunName);

        Execute(other, "COMMIT");
        Assert.Equal("unfinished", client.GetRun(run).Info.RunName);
    }

    [Fact]
    public void The_database_is_left_with_the_journal_it_was_found_with()
    {
        using (_folder.NewClient(_options with { Connections = 1 }))
            Assert.Equal("delete", JournalMode());
        using (var client = _folder.NewClient(_options))
        {
            client.CreateRun("0");
            Assert.Equal("wal", JournalMode());
        }

        Assert.Equal("delete", JournalMode());
        Assert.False(File.Exists(_folder.DatabasePath + "-wal"));

        using (var other = Open())
            Execute(other, "PRAGMA journal_mode=wal");
        using (var client = _folder.NewClient(_options))
            client.CreateRun("0");
        Assert.Equal("wal", JournalMode());
    }

    [Fact]
    public void A_database_that_another_program_has_open_at_the_end_keeps_its_log()
    {
        using var client = _folder.NewClient(_options);
        client.CreateRun("0");
        using var other = Open();
        Execute(other, "SELECT count(*) FROM runs");

        client.Dispose();

        Assert.Equal("wal", JournalMode());
        using var next = _folder.NewClient(_options);
        Assert.Single(next.SearchRuns(["0"]));
    }

    [Fact]
    public async Task Many_callers_at_once_lose_nothing()
    {
        using var client = _folder.NewClient(_options with { BusyTimeout = TimeSpan.FromMinutes(1) });
        var run = client.CreateRun("0").Info.RunId;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var step = 0; step < 25; step++)
            {
                await client.LogBatchAsync(run, [new($"m{writer}", step, step, step)]);
                Assert.Equal(step, (await client.GetRunAsync(run)).Data.Metrics[$"m{writer}"]);
            }
        })));

        for (var writer = 0; writer < 8; writer++)
            Assert.Equal(Enumerable.Range(0, 25).Select(step => (double)step), client.GetMetricHistory(run, $"m{writer}").Select(point => point.Value));
    }

    [Fact]
    public void A_database_in_memory_has_one_connection_whatever_is_asked_for()
    {
        using var client = new MlflowClient("sqlite:///:memory:", _options);
        var run = client.CreateRun("0").Info.RunId;
        Assert.Equal(run, Assert.Single(client.SearchRuns(["0"])).Info.RunId);
    }

    private string JournalMode()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        return (string)command.ExecuteScalar()!;
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
