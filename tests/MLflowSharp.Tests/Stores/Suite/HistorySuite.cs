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
}
