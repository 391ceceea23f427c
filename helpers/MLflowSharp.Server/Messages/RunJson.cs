using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MLflowSharp.Protocol;

namespace MLflowSharp.Server.Messages;

/// <summary>
/// Writes runs and metrics, of which an answer may hold many, byte for byte as their messages are written, but without making those: a run of ten
/// metrics, ten parameters and six tags would be thirty objects, each written by asking for its fields one by one.
/// </summary>
internal static class RunJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly byte[] BeforeList = "{\n  \"metrics\": [\n"u8.ToArray();
    private static readonly byte[] BetweenItems = ",\n"u8.ToArray();
    private static readonly byte[] AfterList = "\n  ]\n}"u8.ToArray();
    private static readonly byte[] NoFields = "{}"u8.ToArray();

    /// <summary>The answer for one run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isNew">MLflow leaves the outputs out of the answer for a new run.</param>
    public static RestResponse One(Run run, bool isNew = false) => Answer(json =>
    {
        json.WritePropertyName("run"u8);
        Write(json, run, isNew);
    });

    /// <summary>The JSON of the answer for runs that were searched for.</summary>
    public static byte[] Found(PagedList<Run> runs) => Json(json =>
    {
        WriteList(json, "runs"u8, runs, static (json, run) => Write(json, run, isNew: false));
        WriteText(json, "next_page_token"u8, runs.Token);
    });

    /// <summary>The answer for points of metrics; their runs are named where the points name them.</summary>
    public static RestResponse History(IReadOnlyList<Metric> points, string? nextPageToken = null) => Answer(json =>
    {
        WriteList(json, "metrics"u8, points, Write);
        WriteText(json, "next_page_token"u8, nextPageToken);
    });

    /// <summary>Points of metrics as they stand in <see cref="History"/>, without the list around them; nothing for none.</summary>
    public static IEnumerable<byte[]> Points(IEnumerable<IReadOnlyList<Metric>> histories)
    {
        // One buffer for all: what is kept has the length that it needs.
        var bytes = new ArrayBufferWriter<byte>(1024);
        foreach (var points in histories)
        {
            bytes.ResetWrittenCount();
            Write(bytes, json => WriteList(json, "metrics"u8, points, Write));
            yield return points.Count == 0 ? [] : bytes.WrittenSpan[BeforeList.Length..^AfterList.Length].ToArray();
        }
    }

    /// <summary>Parts that, one after another, are the answer for points of metrics.</summary>
    /// <param name="points">What <see cref="Points"/> wrote.</param>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Join(IEnumerable<byte[]> points)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        foreach (var some in points.Where(some => some.Length > 0))
            parts.AddRange(parts.Count == 0 ? BeforeList : BetweenItems, some);
        parts.Add(parts.Count == 0 ? NoFields : AfterList);
        return parts;
    }

    private static RestResponse Answer(Action<Utf8JsonWriter> fields) => Answers.Written(Json(fields));

    private static byte[] Json(Action<Utf8JsonWriter> fields)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        Write(bytes, fields);
        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> bytes, Action<Utf8JsonWriter> fields)
    {
        using var json = new Utf8JsonWriter(bytes, Options);
        json.WriteStartObject();
        fields(json);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Run run, bool isNew)
    {
        json.WriteStartObject();
        json.WritePropertyName("info"u8);
        Write(json, run.Info);
        json.WriteStartObject("data"u8);
        WriteList(json, "metrics"u8, run.Data.LatestMetrics, Write);
        WriteMap(json, "params"u8, run.Data.Params);
        WriteMap(json, "tags"u8, run.Data.Tags);
        json.WriteEndObject();
        json.WritePropertyName("inputs"u8);
        Answers.Write(json, RunInputsMessage.From(run.Inputs));
        if (!isNew)
        {
            json.WritePropertyName("outputs"u8);
            Answers.Write(json, RunOutputsMessage.From(run.Outputs));
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RunInfo info)
    {
        json.WriteStartObject();
        WriteText(json, "run_uuid"u8, info.RunId);
        WriteText(json, "experiment_id"u8, info.ExperimentId);
        WriteText(json, "run_name"u8, info.RunName);
        WriteText(json, "user_id"u8, info.UserId);
        json.WriteString("status"u8, WireText.Of(info.Status));
        WriteTime(json, "start_time"u8, info.StartTime);
        WriteTime(json, "end_time"u8, info.EndTime);
        WriteText(json, "artifact_uri"u8, info.ArtifactUri);
        json.WriteString("lifecycle_stage"u8, WireText.Of(info.LifecycleStage));
        WriteText(json, "run_id"u8, info.RunId);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Metric metric)
    {
        json.WriteStartObject();
        WriteText(json, "key"u8, metric.Key);
        if (double.IsFinite(metric.Value))
            json.WriteNumber("value"u8, metric.Value);
        else
            json.WriteString("value"u8, double.IsNaN(metric.Value) ? "NaN"u8 : metric.Value > 0 ? "Infinity"u8 : "-Infinity"u8);
        json.WriteNumber("timestamp"u8, metric.Timestamp);
        json.WriteNumber("step"u8, metric.Step);
        WriteText(json, "dataset_name"u8, metric.DatasetName);
        WriteText(json, "dataset_digest"u8, metric.DatasetDigest);
        WriteText(json, "model_id"u8, metric.ModelId);
        WriteText(json, "run_id"u8, metric.RunId);
        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, string> map)
    {
        if (map.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var (key, value) in map)
        {
            json.WriteStartObject();
            WriteText(json, "key"u8, key);
            WriteText(json, "value"u8, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteList<T>(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0)
            return;
        json.WriteStartArray(name);
        for (var i = 0; i < items.Count; i++)
            write(json, items[i]);
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (WireText.Of(time) is { } milliseconds)
            json.WriteNumber(name, milliseconds);
    }
}
