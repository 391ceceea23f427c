using MLflowSharp;

namespace Interop.Stores.Postgres;

/// <summary>What is PostgreSQL's own: logins, lost connections, several writers.</summary>
public sealed class PostgresDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_wrong_password_is_refused_and_not_shown()
    {
        var uri = PostgresServer.Running.NewDatabase().Replace(System.Uri.EscapeDataString(PostgresServer.Running.Password), "s3cret%40word", StringComparison.Ordinal);
        using var client = NewClient(uri);
        var error = Assert.Throws<MlflowException>(() => client.GetExperiment("0"));
        Assert.Equal(ErrorCode.Unauthenticated, error.ErrorCode);
        Assert.Contains("postgresql://mlflow@127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_database_is_named()
    {
        using var client = NewClient(PostgresServer.Running.Uri("no_such_database"));
        var error = Assert.Throws<MlflowException>(() => client.GetExperiment("0"));
        Assert.Equal((ErrorCode.ResourceDoesNotExist, true), (error.ErrorCode, error.Message.Contains("no_such_database", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_server_that_cannot_be_reached_is_named()
    {
        using var client = NewClient("postgresql://mlflow:s3cret@127.0.0.1:1/mlflow");
        var error = Assert.Throws<MlflowException>(() => client.GetExperiment("0"));
        Assert.Equal(ErrorCode.TemporarilyUnavailable, error.ErrorCode);
        Assert.Contains("postgresql://mlflow@127.0.0.1:1/mlflow", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_something_else_is_left_alone()
    {
        var uri = PostgresServer.Running.NewDatabase();
        PostgresServer.Running.Execute("CREATE TABLE recipes (name text)", Database(uri));
        using var client = NewClient(uri);
        Assert.Contains("is a database, but not one of MLflow", Assert.Throws<MlflowException>(() => client.GetExperiment("0")).Message, StringComparison.Ordinal);
        Assert.Equal(1L, PostgresServer.Running.Execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", Database(uri)));
    }

    [Fact]
    public void A_lost_connection_is_made_again()
    {
        var uri = PostgresServer.Running.NewDatabase();
        using var client = NewClient(uri);
        var run = client.CreateRun("0").Info.RunId;
        for (var step = 0; step < 3; step++)
        {
            PostgresServer.Running.Execute($"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{Database(uri)}'");
            client.LogMetric(run, "loss", step, step: step);
        }

        Assert.Equal([0.0, 1, 2], client.GetMetricHistory(run, "loss").Select(point => point.Value).Order());
    }

    [Fact]
    public async Task A_client_with_several_connections_uses_them_at_once_and_loses_nothing()
    {
        var uri = PostgresServer.Running.NewDatabase();
        using var client = new MlflowClient(uri, new() { DefaultArtifactRoot = _folder.FullName, Connections = 4, Journal = new() { Enabled = false } });
        var run = client.CreateRun("0").Info.RunId;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var step = 0; step < 10; step++)
            {
                await client.LogBatchAsync(run, [new($"m{writer}", step, step, step)]);
                Assert.Equal(step, (await client.GetRunAsync(run)).Data.Metrics[$"m{writer}"]);
            }
        })));

        for (var writer = 0; writer < 8; writer++)
            Assert.Equal(10, client.GetMetricHistory(run, $"m{writer}").Count);
        Assert.Equal(4L, PostgresServer.Running.Execute($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{Database(uri)}'"));
    }

    [Fact]
    public async Task Many_clients_create_and_fill_one_database_at_once_and_nothing_is_lost()
    {
        var uri = PostgresServer.Running.NewDatabase();
        var experiments = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            using var client = NewClient(uri);
            return await client.CreateExperimentAsync($"experiment {i}");
        })));
        Assert.Equal(6, experiments.Distinct().Count());

        using var reader = NewClient(uri);
        var run = reader.CreateRun("0").Info.RunId;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            using var client = NewClient(uri);
            for (var batch = 0; batch < 10; batch++)
            {
                // The same keys in another order by each writer: rows are locked by all of them.
                var keys = Enumerable.Range(0, 20).Select(key => $"metric {(key * 7 + writer * 3) % 20}");
                await client.LogBatchAsync(run, [.. keys.Select(key => new Metric(key, writer, 0, (writer * 10) + batch))], [], [new("writer", $"{writer}")]);
            }
        })));

        for (var key = 0; key < 20; key++)
            Assert.Equal(Enumerable.Range(0, 60).Select(step => (long)step), reader.GetMetricHistory(run, $"metric {key}").Select(point => point.Step).Order());
        Assert.All(reader.GetRun(run).Data.LatestMetrics, metric => Assert.Equal(59, metric.Step));
    }

    [Fact]
    public async Task A_call_that_waits_for_a_lock_can_be_cancelled_and_writes_nothing()
    {
        var uri = PostgresServer.Running.NewDatabase();
        // Without a journal, which would take the value and return.
        using var client = new MlflowClient(uri, new MlflowClientOptions { DefaultArtifactRoot = Path.GetTempPath(), Journal = new() { Enabled = false } });
        var run = client.CreateRun("0").Info.RunId;
        var settings = new Npgsql.NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = PostgresServer.Running.Port, Username = "mlflow", Password = PostgresServer.Running.Password, Database = Database(uri), Pooling = false,
        };
        await using (var other = new Npgsql.NpgsqlConnection(settings.ConnectionString))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using (var command = new Npgsql.NpgsqlCommand("LOCK TABLE metrics IN ACCESS EXCLUSIVE MODE", other))
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            using var cancel = new CancellationTokenSource();
            var call = client.LogMetricAsync(run, "loss", 1, cancellationToken: cancel.Token);
            while (PostgresServer.Running.Execute($"SELECT 1 FROM pg_stat_activity WHERE datname = '{Database(uri)}' AND wait_event_type = 'Lock'") is null)
                await Task.Yield();
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        Assert.Empty(client.GetMetricHistory(run, "loss"));
        client.LogMetric(run, "loss", 2);
        Assert.Single(client.GetMetricHistory(run, "loss"));
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\ud83d')]
    public void Text_that_PostgreSQL_cannot_hold_is_refused_whole(char character)
    {
        var value = $"a{character}b";
        using var client = NewClient(PostgresServer.Running.NewDatabase());
        var run = client.CreateRun("0").Info.RunId;
        var error = Assert.Throws<MlflowException>(() => client.LogBatch(run, [new("m", 1, 0)], [new("p", value)]));
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        client.LogParam(run, "q", "fine");
        Assert.Equal((0, "q"), (client.GetRun(run).Data.Metrics.Count, Assert.Single(client.GetRun(run).Data.Params).Key));
    }

    private MlflowClient NewClient(string uri) => new(uri, new() { DefaultArtifactRoot = _folder.FullName });

    private static string Database(string uri) => uri[(uri.LastIndexOf('/') + 1)..];
}
