namespace MLflowSharp.Tests.Stores.Sqlite;

public sealed class SqliteTrackingStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MlflowClient _client;
    private readonly string _run;

    public SqliteTrackingStoreTests()
    {
        _client = _folder.NewClient();
        _run = _client.CreateRun("0").Info.RunId;
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_history_is_in_order_of_time_step_and_value_and_keeps_repeated_steps()
    {
        _client.LogBatch(_run, [new("m", 3, 20, 1), new("m", 2, 10, 5), new("m", 1, 20, 1), new("m", 0, 20, 0), new("m", 1, 20, 1)]);
        Assert.Equal([(2, 10, 5), (0, 20, 0), (1, 20, 1), (3, 20, 1)], _client.GetMetricHistory(_run, "m").Select(point => ((int)point.Value, (int)point.Timestamp, (int)point.Step)));
    }

    [Fact]
    public void The_newest_value_is_that_of_the_highest_step_then_time_then_value()
    {
        _client.LogBatch(_run, [new("m", 9, 30, 1), new("m", 1, 10, 2), new("m", 5, 20, 2), new("m", 4, 20, 2), new("m", 7, 99, -3)]);
        Assert.Equal(new Metric("m", 5, 20, 2), Assert.Single(_client.GetRun(_run).Data.LatestMetrics));
    }

    [Fact]
    public void Odd_numbers_are_stored_as_MLflow_stores_them()
    {
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -0.0, double.MaxValue];
        _client.LogBatch(_run, [.. odd.Select((value, step) => new Metric("m", value, step, step))]);
        Assert.Equal([double.NaN, double.MaxValue, double.MinValue, double.Epsilon, 0.0, double.MaxValue], _client.GetMetricHistory(_run, "m").Select(point => point.Value));
        Assert.Empty(_client.GetMetricHistory(_run, "none"));
    }

    [Fact]
    public void A_batch_is_stored_whole_or_not_at_all()
    {
        _client.LogParam(_run, "p", "1");
        var error = Assert.Throws<MlflowException>(() => _client.LogBatch(_run, [new("m", 1, 0)], [new("q", "1"), new("p", "2")], [new("t", "1")]));

        Assert.StartsWith("Changing param values is not allowed. Param with key='p' was already logged with value='1'", error.Message, StringComparison.Ordinal);
        var data = _client.GetRun(_run).Data;
        Assert.Equal((0, 1, false), (data.Metrics.Count, data.Params.Count, data.Tags.ContainsKey("t")));
    }

    [Fact]
    public void A_big_batch_is_split_and_stored()
    {
        _client.LogBatch(
            _run,
            [.. Enumerable.Range(0, 2500).Select(step => new Metric("m", step, step, step))],
            [.. Enumerable.Range(0, 250).Select(i => new Param($"p{i}", "x"))],
            [.. Enumerable.Range(0, 250).Select(i => new RunTag($"t{i}", "x"))]);
        var data = _client.GetRun(_run).Data;
        Assert.Equal((2500, 250, 2499.0), (_client.GetMetricHistory(_run, "m").Count, data.Params.Count, data.Metrics["m"]));
        Assert.Equal(250, data.Tags.Keys.Count(key => key[0] == 't'));
    }

    [Fact]
    public void A_parameter_may_be_logged_again_with_the_same_value()
    {
        _client.LogParam(_run, "p", 0.5);
        _client.LogParam(_run, "p", 0.5);
        Assert.Equal("0.5", _client.GetRun(_run).Data.Params["p"]);
    }

    [Fact]
    public void Tags_are_replaced_and_deleted()
    {
        _client.SetTag(_run, "t", 1);
        _client.SetTag(_run, "t", 2);
        Assert.Equal("2", _client.GetRun(_run).Data.Tags["t"]);
        _client.DeleteTag(_run, "t");
        Assert.False(_client.GetRun(_run).Data.Tags.ContainsKey("t"));
        Assert.Equal(ErrorCode.ResourceDoesNotExist, Assert.Throws<MlflowException>(() => _client.DeleteTag(_run, "t")).ErrorCode);
    }

    [Fact]
    public void A_run_s_name_and_its_tag_stay_equal()
    {
        _client.UpdateRun(_run, name: "renamed");
        Assert.Equal(("renamed", "renamed"), Names());
        _client.SetTag(_run, "mlflow.runName", "by tag");
        Assert.Equal(("by tag", "by tag"), Names());

        (string, string) Names() => (_client.GetRun(_run).Info.RunName, _client.GetRun(_run).Data.Tags["mlflow.runName"]);
    }

    [Fact]
    public void Two_different_names_for_one_run_are_refused() =>
        Assert.Contains(
            "with different values",
            Assert.Throws<MlflowException>(() => _client.CreateRun("0", tags: new Dictionary<string, string> { ["mlflow.runName"] = "a" }, runName: "b")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_deleted_run_takes_nothing_until_it_is_restored()
    {
        _client.DeleteRun(_run);
        Action[] writes =
        [
            () => _client.LogMetric(_run, "m", 1), () => _client.SetTag(_run, "t", 1), () => _client.LogText(_run, "x", "x.txt"), () => _client.SetTerminated(_run),
            () => _client.LogInputs(_run, [new(new("d", "1", "local", "{}"), [])]),
        ];
        foreach (var write in writes)
            Assert.Contains($"RestoreRun(\"{_run}\")", Assert.Throws<MlflowException>(write).Message, StringComparison.Ordinal);
        Assert.Empty(_client.SearchRuns(["0"]));

        _client.RestoreRun(_run);
        _client.LogMetric(_run, "m", 1);
        Assert.Equal(_run, Assert.Single(_client.SearchRuns(["0"])).Info.RunId);
    }

    [Fact]
    public void A_deleted_experiment_takes_its_runs_along_and_brings_them_back()
    {
        var experiment = _client.CreateExperiment("e");
        var run = _client.CreateRun(experiment).Info.RunId;
        _client.DeleteExperiment(experiment);

        Assert.Equal(LifecycleStage.Deleted, _client.GetRun(run).Info.LifecycleStage);
        Assert.Contains("must be in the 'active' state", Assert.Throws<MlflowException>(() => _client.CreateRun(experiment)).Message, StringComparison.Ordinal);
        Assert.Contains("It is in the deleted state: restore it", Assert.Throws<MlflowException>(() => _client.CreateExperiment("e")).Message, StringComparison.Ordinal);

        _client.RestoreExperiment(experiment);
        Assert.Equal(LifecycleStage.Active, _client.GetRun(run).Info.LifecycleStage);
    }

    [Fact]
    public void Experiments_are_renamed_to_free_names()
    {
        var experiment = _client.CreateExperiment("e");
        _client.RenameExperiment(experiment, "f");
        Assert.Equal(experiment, _client.GetExperimentByName("f")?.ExperimentId);
        Assert.Null(_client.GetExperimentByName("e"));
        Assert.Equal(ErrorCode.ResourceAlreadyExists, Assert.Throws<MlflowException>(() => _client.RenameExperiment(experiment, "Default")).ErrorCode);
    }

    [Fact]
    public void A_dataset_is_stored_once_and_its_first_use_counts()
    {
        var mnist = new Dataset("mnist", "6bbc9ace", "local", """{"uri": "data/mnist"}""", "{}", """{"num_rows": 60000}""");
        var other = _client.CreateRun("0").Info.RunId;
        _client.LogInputs(_run, [new(mnist, [new("mlflow.data.context", "train")])]);
        _client.LogInputs(_run, [new(mnist, [new("mlflow.data.context", "eval")])]);
        _client.LogInputs(other, [new(mnist with { Source = "ignored" }, []), new(mnist with { Digest = "another" }, [])]);

        var used = Assert.Single(_client.GetRun(_run).Inputs.DatasetInputs);
        Assert.Equal((mnist, "train"), (used.Dataset, Assert.Single(used.Tags).Value));
        Assert.Equal(["6bbc9ace", "another"], _client.GetRun(other).Inputs.DatasetInputs.Select(input => input.Dataset.Digest).Order());
        Assert.Contains(mnist, _client.GetRun(other).Inputs.DatasetInputs.Select(input => input.Dataset));
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("99")]
    public void A_missing_experiment_is_named(string experimentId)
    {
        var error = Assert.Throws<MlflowException>(() => _client.GetExperiment(experimentId));
        Assert.Contains(experimentId, error.Message, StringComparison.Ordinal);
        Assert.Throws<MlflowException>(() => _client.CreateRun(experimentId));
    }

    [Fact]
    public void A_missing_run_is_named() =>
        Assert.Contains("0123456789abcdef", Assert.Throws<MlflowException>(() => _client.GetRun("0123456789abcdef")).Message, StringComparison.Ordinal);
}
