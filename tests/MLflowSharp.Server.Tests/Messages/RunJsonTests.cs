using System.Text;
using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;

namespace MLflowSharp.Server.Tests.Messages;

public sealed class RunJsonTests
{
    private static readonly Run Full = new(
        new("0123", "a \"name\" <b> ä\u2028😀", "7", "someone", RunStatus.Finished, DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123), DateTimeOffset.FromUnixTimeMilliseconds(0), LifecycleStage.Deleted, "/a/b"),
        new(
            [
                new("loss", 0.1, 5, 6), new("nan", double.NaN, 1, 2), new("up", double.PositiveInfinity, -1, -2), new("down", double.NegativeInfinity, 1),
                new("small", 1e-300, long.MaxValue, long.MinValue) { ModelId = "m-1", DatasetName = "d", DatasetDigest = "e", RunId = "r" }, new("minus", -0.0, 0),
            ],
            new Dictionary<string, string> { ["p/1"] = "\\path\n", ["empty"] = "" },
            new Dictionary<string, string> { ["mlflow.runName"] = "+'&" }),
        new([new(new("data", "digest", "local", "{}", "{\"a\": 1}", null), [new("mlflow.data.context", "training")])]) { ModelInputs = [new("m-2")] })
    {
        Outputs = new([new("m-3", 4)]),
    };

    private static readonly Run Bare = new(new("1", "", "0", "", RunStatus.Running, null, null, LifecycleStage.Active, ""), new([], new Dictionary<string, string>(), new Dictionary<string, string>()), new([]));

    public static TheoryData<RunStatus> States => [.. Enum.GetValues<RunStatus>()];

    [Fact]
    public void A_run_is_written_as_its_message_is()
    {
        foreach (var run in (Run[])[Full, Bare])
        {
            var message = RunMessage.From(run);
            Check(new RunResponse { Run = message }, RunJson.One(run));
            message.Outputs = null;
            Check(new RunResponse { Run = message }, RunJson.One(run, isNew: true));
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Every_state_has_its_name(RunStatus status)
    {
        var run = Bare with { Info = Bare.Info with { Status = status } };
        Check(new RunResponse { Run = RunMessage.From(run) }, RunJson.One(run));
    }

    [Fact]
    public void Runs_that_were_found_are_written_as_their_message_is()
    {
        Check(new SearchRunsResponse { Runs = [RunMessage.From(Full), RunMessage.From(Bare)], NextPageToken = "next=" }, Answers.Written(RunJson.Found(new([Full, Bare], "next="))));
        Check(new SearchRunsResponse(), Answers.Written(RunJson.Found(new([], null))));
    }

    [Fact]
    public void A_history_is_written_as_its_message_is()
    {
        Check(new MetricHistoryResponse { Metrics = MetricMessage.From(Full.Data.LatestMetrics), NextPageToken = "next" }, RunJson.History(Full.Data.LatestMetrics, "next"));
        Check(new MetricHistoryResponse(), RunJson.History([]));
    }

    [Fact]
    public void Histories_written_one_by_one_are_joined_to_the_same()
    {
        IReadOnlyList<Metric> points = Full.Data.LatestMetrics;
        foreach (var cut in (int[])[0, 2, points.Count])
        {
            var parts = RunJson.Join(RunJson.Points([[.. points.Take(cut)], [], [.. points.Skip(cut)]]));
            Check(new MetricHistoryResponse { Metrics = MetricMessage.From(points) }, Answers.Written([.. parts.SelectMany(part => part.ToArray())]));
        }

        Check(new MetricHistoryResponse(), Answers.Written([.. RunJson.Join(RunJson.Points([[], []])).SelectMany(part => part.ToArray())]));
    }

    private static void Check<T>(T expected, RestResponse found)
        where T : class => Assert.Equal(Text(Answers.Json(expected)), Text(found));

    private static string Text(RestResponse response)
    {
        Assert.Equal((200, "application/json"), (response.Status, response.ContentType));
        using var reader = new StreamReader(response.Content, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
