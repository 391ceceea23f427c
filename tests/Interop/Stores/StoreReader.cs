using System.Text;
using MLflowSharp;

namespace Interop.Stores;

/// <summary>Reads everything a store holds through our own client.</summary>
internal static class StoreReader
{
    public static StoreContents Read(string trackingUri)
    {
        using var client = new MlflowClient(trackingUri);
        var experiments = client.SearchExperiments(ViewType.All).OrderBy(experiment => experiment.ExperimentId, StringComparer.Ordinal).ToList();
        var runs = client.SearchRuns([.. experiments.Select(experiment => experiment.ExperimentId)], viewType: ViewType.All);
        return new(
            [.. experiments.Select(item => new ExperimentContents(item.ExperimentId, item.Name, item.ArtifactLocation, Stage(item.LifecycleStage), new(item.Tags.ToDictionary(), StringComparer.Ordinal)))],
            [.. runs.OrderBy(run => run.Info.RunId, StringComparer.Ordinal).Select(run => Read(client, run))]);
    }

    private static RunContents Read(MlflowClient client, Run run)
    {
        var (info, data) = (run.Info, run.Data);
        return new(
            info.RunId,
            info.RunName,
            info.ExperimentId,
            info.Status.ToString().ToUpperInvariant(),
            Stage(info.LifecycleStage),
            info.StartTime?.ToUnixTimeMilliseconds(),
            info.EndTime?.ToUnixTimeMilliseconds(),
            info.ArtifactUri,
            Sorted(data.Params, value => value),
            Sorted(data.Tags, value => value),
            Sorted(data.Metrics, StoreJson.Number),
            Sorted(data.Metrics.ToDictionary(metric => metric.Key, metric => History(client, info.RunId, metric.Key)), points => points),
            [.. run.Inputs.DatasetInputs.Select(Dataset).OrderBy(dataset => dataset.Name, StringComparer.Ordinal)],
            Sorted(Artifacts(client, info.RunId, null).ToDictionary(), content => content));
    }

    private static IReadOnlyList<PointContents> History(MlflowClient client, string runId, string key) =>
        [.. client.GetMetricHistory(runId, key).Select(metric => new PointContents(StoreJson.Number(metric.Value), metric.Timestamp, metric.Step))];

    private static DatasetContents Dataset(DatasetInput input) => new(
        input.Dataset.Name,
        input.Dataset.Digest,
        input.Dataset.SourceType,
        input.Dataset.Source,
        input.Dataset.Schema,
        input.Dataset.Profile,
        Sorted(input.Tags.ToDictionary(tag => tag.Key, tag => tag.Value), value => value));

    private static IEnumerable<KeyValuePair<string, string>> Artifacts(MlflowClient client, string runId, string? folder) =>
        client.ListArtifacts(runId, folder).SelectMany(entry => entry.IsDirectory
            ? Artifacts(client, runId, entry.Path)
            : [new(entry.Path, Encoding.Latin1.GetString(File.ReadAllBytes(client.DownloadArtifacts(runId, entry.Path))))]);

    private static string Stage(LifecycleStage stage) => stage == LifecycleStage.Active ? "active" : "deleted";

    private static SortedDictionary<string, TOut> Sorted<TIn, TOut>(IReadOnlyDictionary<string, TIn> items, Func<TIn, TOut> convert) =>
        new(items.ToDictionary(item => item.Key, item => convert(item.Value)), StringComparer.Ordinal);
}
