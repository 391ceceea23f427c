namespace MLflowSharp.Tests.Stores.Suite;

public abstract class HistorySuite<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    [Fact]
    public void The_history_is_in_order_of_time_step_and_value_and_keeps_repeated_steps()
    {
        Client.LogBatch(Run, [new("m", 3, 20, 1), new("m", 2, 10, 5), new("m", 1, 20, 1), new("m", 0, 20, 0)]);
        Assert.Equal(
            [(2, 10, 5), (0, 20, 0), (1, 20, 1), (3, 20, 1)],
            Client.GetMetricHistory(Run, "m").OrderBy(point => point.Timestamp).ThenBy(point => point.Step).ThenBy(point => point.Value)
                .Select(point => ((int)point.Value, (int)point.Timestamp, (int)point.Step)));
    }

    [Fact]
    public void The_newest_value_is_that_of_the_highest_step_then_time_then_value()
    {
        Client.LogBatch(Run, [new("m", 9, 30, 1), new("m", 1, 10, 2), new("m", 5, 20, 2), new("m", 4, 20, 2), new("m", 7, 99, -3)]);
        Assert.Equal(new Metric("m", 5, 20, 2), Assert.Single(Client.GetRun(Run).Data.LatestMetrics));
    }

    [Fact]
    public void Odd_numbers_are_stored_as_MLflow_stores_them()
    {
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -0.0, double.MaxValue];
        Client.LogBatch(Run, [.. odd.Select((value, step) => new Metric("m", value, step, step))]);
        var infinity = Store.KeepsInfinity ? double.PositiveInfinity : double.MaxValue;
        Assert.Equal([double.NaN, infinity, -infinity, double.Epsilon, 0.0, double.MaxValue], Client.GetMetricHistory(Run, "m").Select(point => point.Value));
    }

    [Fact]
    public void A_metric_that_was_not_logged_has_an_empty_history_and_a_missing_run_none()
    {
        Assert.Empty(Client.GetMetricHistory(Run, "none"));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetMetricHistory("0123456789abcdef0123456789abcdef", "m"));
    }

    [Fact]
    public void A_history_comes_in_pages()
    {
        Client.LogBatch(Run, [.. Enumerable.Range(0, 7).Select(step => new Metric("m", step, step, step))]);
        var first = Client.GetMetricHistory(Run, "m", maxResults: 4);
        var second = Client.GetMetricHistory(Run, "m", maxResults: 4, first.Token);
        Assert.Equal([0.0, 1, 2, 3], first.Select(point => point.Value));
        Assert.Equal([4.0, 5, 6], second.Select(point => point.Value));
        Assert.Null(second.Token);
    }

    [Fact]
    public void One_metric_of_several_runs_is_read_at_once()
    {
        var runs = Enumerable.Range(0, 3).Select(_ => Client.CreateRun("0").Info.RunId).Order(StringComparer.Ordinal).ToList();
        foreach (var (run, number) in runs.Select((run, number) => (run, number)))
            Client.LogBatch(run, [new("m", number, 2, 2), new("m", number + 10, 1, 1), new("other", 99, 0)]);

        var points = Client.GetMetricHistoryBulk([.. Enumerable.Reverse(runs)], "m");
        Assert.Equal(runs.SelectMany((run, number) => new[] { (run, number + 10.0), (run, (double)number) }), points.Select(point => (point.RunId!, point.Value)));
        Assert.Equal(points.Take(3), Client.GetMetricHistoryBulk(runs, "m", maxResults: 3));
        Assert.Empty(Client.GetMetricHistoryBulk(["0123456789abcdef0123456789abcdef"], "m"));
    }

    [Fact]
    public void A_chart_gets_evenly_spaced_points_with_the_first_and_the_last()
    {
        Client.LogBatch(Run, [.. Enumerable.Range(0, 1000).Select(step => new Metric("m", step, 1000 - step, step))]);
        var steps = Client.GetMetricHistoryInterval([Run], "m", maxResults: 7).Select(point => point.Step).ToList();
        // 1000 points in seven parts: six of 143 and one of 142, the last point in place of the last part's first.
        Assert.Equal([0, 143, 286, 429, 572, 715, 999], steps);
        Assert.Equal([10, 11, 12], Client.GetMetricHistoryInterval([Run], "m", 7, startStep: 10, endStep: 12).Select(point => point.Step));
        Assert.Equal(999, Assert.Single(Client.GetMetricHistoryInterval([Run], "m", maxResults: 1)).Step);
        Assert.Equal(Run, Client.GetMetricHistoryInterval([Run], "m", maxResults: 2)[0].RunId);
        Assert.Empty(Client.GetMetricHistoryInterval([Run], "none"));
    }

    [Fact]
    public void Many_points_of_one_step_are_thinned_out_as_well()
    {
        Client.LogBatch(Run, [.. Enumerable.Range(0, 100).Select(time => new Metric("m", time, time))]);
        Assert.Equal([0.0, 34, 99], Client.GetMetricHistoryInterval([Run], "m", maxResults: 3).Select(point => point.Value));
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(2501, null, null)]
    [InlineData(10, 1L, null)]
    [InlineData(10, null, 1L)]
    [InlineData(10, 2L, 1L)]
    public void A_sample_that_makes_no_sense_is_refused(int maxResults, long? start, long? end) =>
        Refused(ErrorCode.InvalidParameterValue, () => Client.GetMetricHistoryInterval([Run], "m", maxResults, start, end));
}
