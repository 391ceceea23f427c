using Microsoft.Data.Sqlite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>Tags of traces that another program wrote.</summary>
public sealed class TraceTagTests : IDisposable
{
    private const string Trace = "tr-893792dc7bb99c3d7eb5a26054671edd";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2.15")]
    [InlineData("3.3")]
    [InlineData("3.17")]
    public void Tags_are_set_replaced_and_deleted(string version)
    {
        using var client = NewClient(version);
        client.SetTraceTag(Trace, "stage", "first");
        client.SetTraceTag(Trace, "stage", "tested");
        Assert.Equal("tested", Scalar("SELECT group_concat(value) FROM trace_tags WHERE key = 'stage'"));
        client.DeleteTraceTag(Trace, "stage");
        Assert.Equal(0L, Scalar("SELECT count(*) FROM trace_tags"));
        Assert.Equal(ErrorCode.ResourceDoesNotExist, Assert.Throws<MlflowException>(() => client.DeleteTraceTag(Trace, "stage")).ErrorCode);
    }

    [Fact]
    public void The_name_is_a_tag_up_to_MLflow_3_3_and_a_column_in_3_17()
    {
        using (var client = NewClient("3.3"))
            client.SetTraceTag(Trace, "mlflow.traceName", "predict");
        Assert.Equal("predict", Scalar("SELECT value FROM trace_tags WHERE key = 'mlflow.traceName'"));
        File.Delete(_folder.DatabasePath);

        using var newest = NewClient("3.17");
        newest.SetTraceTag(Trace, "mlflow.traceName", "predict");
        Assert.Equal(("predict", 0L), (Scalar("SELECT trace_name FROM trace_info"), Scalar("SELECT count(*) FROM trace_tags")));
        newest.DeleteTraceTag(Trace, "mlflow.traceName");
        Assert.Equal(1L, Scalar("SELECT count(*) FROM trace_info WHERE trace_name IS NULL"));
        Assert.Equal(ErrorCode.ResourceDoesNotExist, Assert.Throws<MlflowException>(() => newest.DeleteTraceTag(Trace, "mlflow.traceName")).ErrorCode);
    }

    [Fact]
    public void A_missing_trace_and_a_bad_key_are_refused()
    {
        using var client = NewClient("3.3");
        Assert.Equal(ErrorCode.ResourceDoesNotExist, Assert.Throws<MlflowException>(() => client.SetTraceTag("tr-none", "a", "b")).ErrorCode);
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => client.SetTraceTag(Trace, "../a", "b")).ErrorCode);
    }

    private MlflowClient NewClient(string version)
    {
        var client = _folder.NewClient(_folder.Options with { DatabaseVersion = version });
        client.GetExperiment("0");
        Scalar($"INSERT INTO trace_info (request_id, experiment_id, timestamp_ms, status) VALUES ('{Trace}', 0, 1, 'OK')");
        return client;
    }

    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
