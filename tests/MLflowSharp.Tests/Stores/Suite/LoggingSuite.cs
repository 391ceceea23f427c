namespace MLflowSharp.Tests.Stores.Suite;

public abstract class LoggingSuite<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    [Fact]
    public void A_batch_is_stored_whole_or_not_at_all()
    {
        Client.LogParam(Run, "p", "1");
        var error = Refused(
            ErrorCode.InvalidParameterValue, () => Client.LogBatch(Run, [new("m", 1, 0)], [new("q", "1"), new("p", "2")], [new("t", "1")]));

        Assert.Contains("p", error.Message, StringComparison.Ordinal);
        var data = Client.GetRun(Run).Data;
        Assert.Equal((0, 1, false), (data.Metrics.Count, data.Params.Count, data.Tags.ContainsKey("t")));
    }

    [Fact]
    public void A_big_batch_is_split_and_stored()
    {
        Client.LogBatch(
            Run,
            [.. Enumerable.Range(0, 2500).Select(step => new Metric("m", step, step, step))],
            [.. Enumerable.Range(0, 250).Select(i => new Param($"p{i}", "x"))],
            [.. Enumerable.Range(0, 250).Select(i => new RunTag($"t{i}", "x"))]);
        var data = Client.GetRun(Run).Data;
        Assert.Equal((2500, 250, 2499.0), (Client.GetMetricHistory(Run, "m").Count, data.Params.Count, data.Metrics["m"]));
        Assert.Equal(250, data.Tags.Keys.Count(key => key[0] == 't'));
    }

    [Fact]
    public void A_parameter_may_be_logged_again_with_the_same_value()
    {
        Client.LogParam(Run, "p", 0.5);
        Client.LogParam(Run, "p", 0.5);
        Assert.Equal("0.5", Client.GetRun(Run).Data.Params["p"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" leading and trailing ")]
    [InlineData("two\r\nlines\n")]
    [InlineData("größer ∞ 模型 🎉")]
    [InlineData("'; DROP TABLE runs; --")]
    public void Any_text_is_kept_as_it_is(string value)
    {
        Client.LogParam(Run, "p", value);
        Client.SetTag(Run, "t", value);
        var data = Client.GetRun(Run).Data;
        Assert.Equal((value, value), (data.Params["p"], data.Tags["t"]));
    }

    [Fact]
    public void Tags_are_replaced_and_deleted()
    {
        Client.SetTag(Run, "t", 1);
        Client.SetTag(Run, "t", 2);
        Assert.Equal("2", Client.GetRun(Run).Data.Tags["t"]);
        Client.DeleteTag(Run, "t");
        Assert.False(Client.GetRun(Run).Data.Tags.ContainsKey("t"));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.DeleteTag(Run, "t"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../up")]
    [InlineData("/root")]
    [InlineData("a//b")]
    [InlineData("semi;colon")]
    public void A_bad_key_is_refused_before_anything_is_written(string key)
    {
        Refused(ErrorCode.InvalidParameterValue, () => Client.LogBatch(Run, [new("fine", 1, 0), new(key, 1, 0)], [new("fine", "1")]));
        Refused(ErrorCode.InvalidParameterValue, () => Client.LogBatch(Run, [], [new("fine", "1"), new(key, "1")]));
        Refused(ErrorCode.InvalidParameterValue, () => Client.LogBatch(Run, [], [], [new("fine", "1"), new(key, "1")]));
        var data = Client.GetRun(Run).Data;
        Assert.Equal((0, 0, false), (data.Metrics.Count, data.Params.Count, data.Tags.ContainsKey("fine")));
    }
}
