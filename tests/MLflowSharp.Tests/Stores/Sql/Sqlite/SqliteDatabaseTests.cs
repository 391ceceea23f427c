using Microsoft.Data.Sqlite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2.15", "4465047574b1")]
    [InlineData("2.22", "0584bdc529eb")]
    [InlineData("3.3", "1a0cddfcaa16")]
    [InlineData("3.17", "dc11669786a5")]
    public void A_new_database_is_that_of_the_chosen_version(string version, string revision)
    {
        using var client = _folder.NewClient(_folder.Options with { DatabaseVersion = version });

        Assert.Equal(("0", "Default"), (client.GetExperiment("0").ExperimentId, client.GetExperiment("0").Name));
        Assert.Equal(revision, Scalar("SELECT version_num FROM alembic_version"));
        Assert.Equal("ok", Scalar("PRAGMA integrity_check"));
        Assert.Equal("delete", Scalar("PRAGMA journal_mode"));
    }

    [Fact]
    public void The_version_of_an_existing_database_stays()
    {
        using (var client = _folder.NewClient(_folder.Options with { DatabaseVersion = "2.22" }))
            client.CreateExperiment("first");
        using (var client = _folder.NewClient(_folder.Options with { DatabaseVersion = "3.17" }))
            client.CreateExperiment("second");
        Assert.Equal("0584bdc529eb", Scalar("SELECT version_num FROM alembic_version"));
    }

    [Fact]
    public void A_version_that_cannot_be_created_is_refused_before_anything_is_written()
    {
        var error = Refused(_folder.Options with { DatabaseVersion = "1.0" });
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.Contains("Choose one of 2.15, 2.22, 3.3, 3.17", error.Message, StringComparison.Ordinal);
        Assert.Equal(0L, Scalar("SELECT count(*) FROM sqlite_master"));
    }

    [Theory]
    [InlineData("ffffffffffff")]
    [InlineData("451aebb31d03")]
    public void A_database_of_an_unknown_version_is_left_alone_and_the_error_says_which_fit(string revision)
    {
        using (var client = _folder.NewClient())
            client.CreateExperiment("x");
        Scalar($"UPDATE alembic_version SET version_num = '{revision}'");
        var before = File.ReadAllBytes(_folder.DatabasePath);

        var error = Refused();

        Assert.Equal(ErrorCode.InvalidState, error.ErrorCode);
        Assert.Contains($"schema revision '{revision}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("1a0cddfcaa16 = MLflow 3.3;", error.Message, StringComparison.Ordinal);
        Assert.Contains("mlflow db upgrade", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.DatabasePath));
    }

    [Fact]
    public void A_database_of_something_else_is_left_alone()
    {
        Scalar("CREATE TABLE recipes (name TEXT)");
        var error = Refused();
        Assert.Contains("is a database, but not one of MLflow", error.Message, StringComparison.Ordinal);
        Assert.Equal(1L, Scalar("SELECT count(*) FROM sqlite_master"));
    }

    [Fact]
    public void A_file_that_is_no_database_is_left_alone()
    {
        File.WriteAllText(_folder.DatabasePath, new string('x', 5000));
        var error = Refused();
        Assert.Equal((ErrorCode.InvalidParameterValue, true), (error.ErrorCode, error.Message.Contains("is not a SQLite database", StringComparison.Ordinal)));
        Assert.Equal(new string('x', 5000), File.ReadAllText(_folder.DatabasePath));
    }

    [Fact]
    public void A_folder_is_no_database()
    {
        Directory.CreateDirectory(_folder.DatabasePath);
        Assert.Contains("is a folder; the tracking URI must name a file", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_made()
    {
        using var client = new MlflowClient($"sqlite:///{_folder.FullName}/a/b/mlflow.db", _folder.Options);
        Assert.Equal("1", client.CreateExperiment("x"));
    }

    [Fact]
    public void A_locked_database_is_waited_for_and_then_named()
    {
        using var client = _folder.NewClient(_folder.Options with { BusyTimeout = TimeSpan.FromSeconds(1), Journal = new() { Enabled = false } });
        var run = client.CreateRun("0").Info.RunId;
        using var other = Open();
        Execute(other, "BEGIN EXCLUSIVE");

        var error = Assert.Throws<MlflowException>(() => client.LogMetric(run, "loss", 1));
        Execute(other, "ROLLBACK");
        client.LogMetric(run, "loss", 2);

        Assert.Equal(ErrorCode.TemporarilyUnavailable, error.ErrorCode);
        Assert.Contains($"'{_folder.DatabasePath}' is locked by another process; waited 1 s", error.Message, StringComparison.Ordinal);
        Assert.Equal(2.0, Assert.Single(client.GetMetricHistory(run, "loss")).Value);
    }

    [Fact]
    public async Task Threads_and_clients_write_at_once_and_nothing_is_lost()
    {
        using var first = _folder.NewClient();
        using var second = _folder.NewClient();
        var run = first.CreateRun("0").Info.RunId;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var step = 0; step < 25; step++)
                (thread % 2 == 0 ? first : second).LogBatch(run, [new("loss", thread, 0, (thread * 25) + step)]);
        })));

        Assert.Equal(Enumerable.Range(0, 200).Select(step => (long)step), first.GetMetricHistory(run, "loss").Select(point => point.Step));
        Assert.Equal(199, Assert.Single(second.GetRun(run).Data.LatestMetrics).Step);
    }

    [Fact]
    public async Task Many_clients_may_create_the_same_database_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() =>
        {
            using var client = _folder.NewClient();
            client.CreateExperiment($"experiment {i}");
        })));

        using var after = _folder.NewClient();
        Assert.Equal(7, after.SearchExperiments().Count);
    }

    [Theory]
    [InlineData("half ? a pair", 5)]
    [InlineData("?", 0)]
    [InlineData("🎉?", 2)]
    public void Half_of_a_character_is_refused_whole(string text, int position)
    {
        // An attribute cannot hold what no text may hold.
        var value = text.Replace('?', '\ud83d');
        using var client = _folder.NewClient();
        var run = client.CreateRun("0").Info.RunId;
        var error = Assert.Throws<MlflowException>(() => client.LogBatch(run, [new("m", 1, 0)], [new("fine", "🎉"), new("p", value)]));
        Assert.Equal((ErrorCode.InvalidParameterValue, true), (error.ErrorCode, error.Message.Contains($"position {position} ", StringComparison.Ordinal)));
        Assert.Equal((0, 0), (client.GetRun(run).Data.Metrics.Count, client.GetRun(run).Data.Params.Count));
    }

    [Fact]
    public void A_client_that_was_disposed_says_so()
    {
        var client = _folder.NewClient();
        client.Dispose();
        Assert.Throws<ObjectDisposedException>(() => client.GetExperiment("0"));
    }

    [Fact]
    public async Task A_cancelled_call_writes_nothing()
    {
        using var client = _folder.NewClient();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.CreateExperimentAsync("x", cancellationToken: new(canceled: true)));
        Assert.Null(client.GetExperimentByName("x"));
    }

    private MlflowException Refused(MlflowClientOptions? options = null)
    {
        using var client = _folder.NewClient(options);
        return Assert.Throws<MlflowException>(() => client.CreateExperiment("refused"));
    }

    private object? Scalar(string sql)
    {
        using var connection = Open();
        return Execute(connection, sql);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_folder.DatabasePath};Pooling=False");
        connection.Open();
        return connection;
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
