using System.Globalization;
using MLflowSharp.Stores.Files.Yaml;

namespace MLflowSharp.Stores.Files;

/// <summary>The <c>meta.yaml</c> of experiments and runs. A file that is changed keeps what else is in it, whichever version wrote it.</summary>
internal static class RunMeta
{
    private const long LocalSource = 4;

    /// <summary>A new run's file.</summary>
    public static YamlMap Write(RunInfo info, string version)
    {
        var meta = new YamlMap
        {
            ["artifact_uri"] = info.ArtifactUri,
            ["deleted_time"] = null,
            ["end_time"] = info.EndTime?.ToUnixTimeMilliseconds(),
            ["entry_point_name"] = "",
            ["experiment_id"] = info.ExperimentId,
            ["lifecycle_stage"] = Text(info.LifecycleStage),
            ["run_id"] = info.RunId,
            ["run_name"] = info.RunName,
            ["source_name"] = "",
            ["source_type"] = LocalSource,
            ["source_version"] = "",
            ["start_time"] = info.StartTime?.ToUnixTimeMilliseconds(),
            ["status"] = (long)info.Status,
            ["tags"] = new List<object?>(),
            ["user_id"] = info.UserId,
        };
        if (IsVersion2(version))
            meta["run_uuid"] = info.RunId;
        return meta;
    }

    public static RunInfo ReadRun(YamlMap meta, string artifactUri) => new(
        meta.Text("run_id") ?? meta.Text("run_uuid") ?? "",
        meta.Text("run_name") ?? "",
        meta.Text("experiment_id") ?? "",
        meta.Text("user_id") ?? "",
        Status(meta),
        FileStoreFolder.ToTime(meta.Number("start_time")),
        FileStoreFolder.ToTime(meta.Number("end_time")),
        Stage(meta),
        artifactUri);

    /// <summary>A new experiment's file.</summary>
    public static YamlMap Write(Experiment experiment, string version)
    {
        var meta = new YamlMap
        {
            ["artifact_location"] = experiment.ArtifactLocation,
            ["creation_time"] = experiment.CreationTime?.ToUnixTimeMilliseconds(),
            ["experiment_id"] = experiment.ExperimentId,
            ["last_update_time"] = experiment.LastUpdateTime?.ToUnixTimeMilliseconds(),
            ["lifecycle_stage"] = Text(experiment.LifecycleStage),
            ["name"] = experiment.Name,
        };
        if (IsNewest(version))
        {
            meta["effective_trace_archival_retention"] = null;
            meta["trace_location"] = null;
            meta["workspace"] = "default";
        }

        return meta;
    }

    public static Experiment ReadExperiment(YamlMap meta, string artifactLocation, IReadOnlyDictionary<string, string> tags) => new(
        meta.Text("experiment_id") ?? "",
        meta.Text("name") ?? "",
        artifactLocation,
        Stage(meta),
        FileStoreFolder.ToTime(meta.Number("creation_time")),
        FileStoreFolder.ToTime(meta.Number("last_update_time")),
        tags);

    public static LifecycleStage Stage(YamlMap meta) => meta.Text("lifecycle_stage") == "deleted" ? LifecycleStage.Deleted : LifecycleStage.Active;

    public static string Text(LifecycleStage stage) => stage == LifecycleStage.Active ? "active" : "deleted";

    public static bool IsVersion2(string version) => version.StartsWith("2.", StringComparison.Ordinal);

    public static bool IsNewest(string version) => !IsVersion2(version) && version != "3.3";

    private static RunStatus Status(YamlMap meta)
    {
        var number = meta.Number("status") ?? (long)RunStatus.Running;
        return number is >= (long)RunStatus.Running and <= (long)RunStatus.Killed
            ? (RunStatus)number
            : throw new MlflowException(string.Create(CultureInfo.InvariantCulture, $"The run {meta.Text("run_id")} has the unknown status {number}."), ErrorCode.DataLoss);
    }
}
