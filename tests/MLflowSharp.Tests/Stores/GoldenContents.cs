using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Stores;

/// <summary>What our client reads from a store, in the form in which the recordings say what MLflow's reads.</summary>
internal static class GoldenContents
{
    public static List<JsonNode> ExperimentsOf(MlflowClient client) =>
    [
        .. client.SearchExperiments(ViewType.All).Select(experiment => new JsonObject
        {
            ["artifact_location"] = experiment.ArtifactLocation,
            ["experiment_id"] = experiment.ExperimentId,
            ["lifecycle_stage"] = experiment.LifecycleStage.ToString().ToLowerInvariant(),
            ["name"] = experiment.Name,
            ["tags"] = Map(experiment.Tags, value => value),
        }),
    ];

    public static List<JsonNode> RunsOf(MlflowClient client)
    {
        var experiments = client.SearchExperiments(ViewType.All).Select(experiment => experiment.ExperimentId);
        return [.. client.SearchRuns([.. experiments], viewType: ViewType.All).Select(run => Json(client, run))];
    }

    /// <summary>
    /// Sorts the points of every metric by their text: a file store of MLflow gives them in the order in which they were logged, a database
    /// and our stores sort them by time, step and value.
    /// </summary>
    public static JsonNode WithSortedHistories(JsonNode runs)
    {
        foreach (var history in runs.AsArray().Select(run => run!["history"]!.AsObject()))
        {
            foreach (var (key, points) in history.ToList())
                history[key] = new JsonArray([.. points!.AsArray().Select(point => point!.DeepClone()).OrderBy(point => point.ToJsonString(), StringComparer.Ordinal)]);
        }

        return runs;
    }

    private static JsonObject Json(MlflowClient client, Run run) => new()
    {
        ["artifacts"] = new JsonArray([.. client.ListArtifacts(run.Info.RunId).Select(entry => (JsonNode)entry.Path)]),
        ["datasets"] = new JsonArray([.. run.Inputs.DatasetInputs.Select(Json)]),
        ["history"] = Map(
            run.Data.Metrics,
            (key, _) => new JsonArray([.. client.GetMetricHistory(run.Info.RunId, key).Select(point => (JsonNode)new JsonArray(Number(point.Value), point.Timestamp, point.Step))])),
        ["info"] = new JsonObject
        {
            ["artifact_uri"] = run.Info.ArtifactUri,
            ["end_time"] = run.Info.EndTime?.ToUnixTimeMilliseconds(),
            ["experiment_id"] = run.Info.ExperimentId,
            ["lifecycle_stage"] = run.Info.LifecycleStage.ToString().ToLowerInvariant(),
            ["run_id"] = run.Info.RunId,
            ["run_name"] = run.Info.RunName,
            ["start_time"] = run.Info.StartTime?.ToUnixTimeMilliseconds(),
            ["status"] = run.Info.Status.ToString().ToUpperInvariant(),
            ["user_id"] = run.Info.UserId,
        },
        ["metrics"] = Map(run.Data.Metrics, (_, value) => Number(value)),
        ["params"] = Map(run.Data.Params, value => value),
        ["tags"] = Map(run.Data.Tags, value => value),
    };

    private static JsonNode Json(DatasetInput input) => new JsonObject
    {
        ["digest"] = input.Dataset.Digest,
        ["name"] = input.Dataset.Name,
        ["profile"] = input.Dataset.Profile,
        ["schema"] = input.Dataset.Schema,
        ["source"] = input.Dataset.Source,
        ["source_type"] = input.Dataset.SourceType,
        ["tags"] = Map(input.Tags.ToDictionary(tag => tag.Key, tag => tag.Value), value => value),
    };

    private static JsonNode Number(double value) => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? value > 0 ? "Infinity" : "-Infinity" : value;

    private static JsonObject Map<T>(IReadOnlyDictionary<string, T> items, Func<T, JsonNode> convert) => Map(items, (_, value) => convert(value));

    private static JsonObject Map<T>(IReadOnlyDictionary<string, T> items, Func<string, T, JsonNode> convert) =>
        new(items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => KeyValuePair.Create(item.Key, (JsonNode?)convert(item.Key, item.Value))));

    public static void AssertSame(JsonNode expected, IEnumerable<JsonNode> actual, Func<JsonNode, string> key)
    {
        foreach (var (theirs, ours) in expected.AsArray().Select(item => item!).OrderBy(key, StringComparer.Ordinal).Zip(actual.OrderBy(key, StringComparer.Ordinal)))
            Assert.True(JsonNode.DeepEquals(theirs, ours), $"MLflow reads: {theirs.ToJsonString()}\nwe read: {ours.ToJsonString()}");
        Assert.Equal(expected.AsArray().Count, actual.Count());
    }
}
