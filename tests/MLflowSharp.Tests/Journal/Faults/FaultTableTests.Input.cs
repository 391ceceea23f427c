namespace MLflowSharp.Tests.Journal.Faults;

public sealed partial class FaultTableTests
{
    private Task<Outcome?> BadInputAsync() => BadInputAsync($"sqlite:///{Path.Combine(Folder.FullName, "input.db")}", double.MaxValue);

    private Task<Outcome?> BadInputOnFilesAsync() => BadInputAsync(Path.Combine(Folder.FullName, "input"), double.PositiveInfinity);

    /// <summary>What is refused is refused before anything is written; the rest is stored as MLflow stores it.</summary>
    /// <param name="uri">The store.</param>
    /// <param name="infinity">What the store makes of infinity.</param>
    private async Task<Outcome?> BadInputAsync(string uri, double infinity)
    {
        const int Many = 1001;
        using var client = new MlflowClient(uri, Options);
        var run = client.CreateRun("0").Info.RunId;
        client.LogParam(run, "set", 1);
        client.Flush();
        var (tags, around) = ((await client.GetRunAsync(run, TestContext.Current.CancellationToken)).Data.Tags.Count, Around());
        Action[] refused =
        [
            .. new[] { "../../etc/passwd", "/absolute", "a/../../b", "a//b", ".", "a\nb", "a\u0001b", "a\0b", "", new string('k', 251) }.SelectMany(name => (Action[])
            [
                () => client.LogMetric(run, name, 1), () => client.LogParam(run, name, 1), () => client.SetTag(run, name, 1),
            ]),
            () => client.LogMetric(run, "time", 1, DateTimeOffset.FromUnixTimeMilliseconds(-1)),
            () => client.LogMetric("../x", "loss", 1), () => client.LogParam("../x", "loss", 1), () => client.SetTag("../x", "loss", 1),
            () => client.LogParam(run, "set", 2),
            () => client.LogInputs(run, [new(new("", "1", "local", "{}"), [])]),
        ];
        Assert.All(refused, action => Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(action).ErrorCode));
        client.Flush();
        var data = client.GetRun(run).Data;
        Assert.Equal((0, 1, tags), (data.Metrics.Count, data.Params.Count, data.Tags.Count));
        Assert.Equal(around, Around());

        client.LogBatch(run, [new("nan", double.NaN, 1), new("up", double.PositiveInfinity, 1), new("down", double.NegativeInfinity, 1)]);
        client.LogBatch(run, [.. Enumerable.Range(0, Many).Select(step => new Metric("many", step, step, step))]);
        client.SetTag(run, "long", new string('é', 10_000_000));
        client.SetTag(run, "control", "a\u0001\r\n\tb");
        data = client.GetRun(run).Data;
        Assert.Equal((double.NaN, infinity, -infinity), (data.Metrics["nan"], data.Metrics["up"], data.Metrics["down"]));
        Assert.Equal((new string('é', 8000), "a\u0001\r\n\tb"), (data.Tags["long"], data.Tags["control"]));
        var many = client.GetMetricHistory(run, "many");
        const int Stored = 5;
        return new(refused.Length + Stored + Many, Stored + many.Count, many.Count - many.Distinct().Count(), refused.Length);

        // Beside the store: a name must not lead out of it.
        string[] Around() => [.. Directory.GetFileSystemEntries(Folder.FullName).Concat(Directory.GetFileSystemEntries(Path.GetDirectoryName(Folder.FullName)!, "etc*")).Order()];
    }
}
