using System.Globalization;
using System.Text.Json.Nodes;

namespace MLflowSharp.Server.GraphQL;

/// <summary>Entities as MLflow's GraphQL shows them: 64-bit numbers as texts, NaN as null, nothing as an empty text or list.</summary>
internal static class GraphEntities
{
    public static JsonObject Of(Experiment experiment) => new()
    {
        ["__typename"] = "MlflowExperiment",
        ["artifactLocation"] = experiment.ArtifactLocation,
        ["creationTime"] = Time(experiment.CreationTime),
        ["effectiveTraceArchivalRetention"] = "",
        ["experimentId"] = experiment.ExperimentId,
        ["lastUpdateTime"] = Time(experiment.LastUpdateTime),
        ["lifecycleStage"] = Stage(experiment.LifecycleStage),
        ["name"] = experiment.Name,
        ["tags"] = Pairs("MlflowExperimentTag", experiment.Tags),
        ["workspace"] = "default",
    };

    public static JsonObject Of(Run run, Experiment experiment, IEnumerable<ModelVersion> versions) => new()
    {
        ["__typename"] = "MlflowRunExtension",
        ["data"] = new JsonObject
        {
            ["__typename"] = "MlflowRunData",
            ["metrics"] = List(run.Data.LatestMetrics, metric => Of(metric, "MlflowMetricExtension")),
            ["params"] = Pairs("MlflowParam", run.Data.Params),
            ["tags"] = Pairs("MlflowRunTag", run.Data.Tags),
        },
        ["experiment"] = Of(experiment),
        ["info"] = new JsonObject
        {
            ["__typename"] = "MlflowRunInfo",
            ["artifactUri"] = run.Info.ArtifactUri,
            ["endTime"] = Time(run.Info.EndTime),
            ["experimentId"] = run.Info.ExperimentId,
            ["lifecycleStage"] = Stage(run.Info.LifecycleStage),
            ["runId"] = run.Info.RunId,
            ["runName"] = run.Info.RunName,
            ["runUuid"] = run.Info.RunId,
            ["startTime"] = Time(run.Info.StartTime),
            ["status"] = run.Info.Status.ToString().ToUpperInvariant(),
            ["userId"] = run.Info.UserId,
        },
        ["inputs"] = new JsonObject
        {
            ["__typename"] = "MlflowRunInputs",
            ["datasetInputs"] = List(run.Inputs.DatasetInputs, Of),
            ["modelInputs"] = List(run.Inputs.ModelInputs, input => new() { ["__typename"] = "MlflowModelInput", ["modelId"] = input.ModelId }),
        },
        ["modelVersions"] = List(versions, Of),
        ["outputs"] = new JsonObject
        {
            ["__typename"] = "MlflowRunOutputs",
            ["modelOutputs"] = List(run.Outputs.ModelOutputs, output => new() { ["__typename"] = "MlflowModelOutput", ["modelId"] = output.ModelId, ["step"] = Number(output.Step) }),
        },
    };

    public static JsonObject Of(Metric metric, string type) => new()
    {
        ["__typename"] = type,
        ["key"] = metric.Key,
        ["runId"] = metric.RunId ?? "",
        ["step"] = Number(metric.Step),
        ["timestamp"] = Number(metric.Timestamp),
        ["value"] = double.IsNaN(metric.Value) ? null : Math.Clamp(metric.Value, double.MinValue, double.MaxValue),
    };

    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonObject> convert) => new([.. items.Select(item => (JsonNode)convert(item))]);

    private static JsonObject Of(DatasetInput input) => new()
    {
        ["__typename"] = "MlflowDatasetInput",
        ["dataset"] = new JsonObject
        {
            ["__typename"] = "MlflowDataset",
            ["digest"] = input.Dataset.Digest,
            ["name"] = input.Dataset.Name,
            ["profile"] = input.Dataset.Profile ?? "",
            ["schema"] = input.Dataset.Schema ?? "",
            ["source"] = input.Dataset.Source,
            ["sourceType"] = input.Dataset.SourceType,
        },
        ["tags"] = List(input.Tags, tag => Pair("MlflowInputTag", tag.Key, tag.Value)),
    };

    private static JsonObject Of(ModelVersion version) => new()
    {
        ["__typename"] = "MlflowModelVersion",
        ["name"] = version.Name,
        ["source"] = version.Source ?? "",
        ["status"] = version.Status switch
        {
            ModelVersionStatus.PendingRegistration => "PENDING_REGISTRATION",
            ModelVersionStatus.FailedRegistration => "FAILED_REGISTRATION",
            _ => "READY",
        },
        ["version"] = version.Version,
    };

    private static JsonArray Pairs(string type, IReadOnlyDictionary<string, string> map) => List(map, item => Pair(type, item.Key, item.Value));

    private static JsonObject Pair(string type, string key, string value) => new() { ["__typename"] = type, ["key"] = key, ["value"] = value };

    private static string? Time(DateTimeOffset? time) => time is { } known ? Number(known.ToUnixTimeMilliseconds()) : null;

    private static string Stage(LifecycleStage stage) => stage == LifecycleStage.Deleted ? "deleted" : "active";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
