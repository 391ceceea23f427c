using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MLflowSharp.Journal.Records;
using MLflowSharp.Stores;

namespace MLflowSharp.Journal.Files;

/// <summary>What the store refused, kept beside the journal as a line of JSON each, for people to read.</summary>
internal static class RejectedRecords
{
    public const string Extension = ".rejected";

    /// <summary>Appends a refused record.</summary>
    /// <param name="stem">Path of the journal without number and extension.</param>
    /// <param name="frame">The record.</param>
    /// <param name="error">What the store said.</param>
    /// <param name="time">When.</param>
    /// <returns>Where it is kept now, for a message; the record itself where that was not possible.</returns>
    public static string Keep(string stem, JournalFrame frame, MlflowException error, DateTimeOffset time)
    {
        var line = ToJson(frame, error, time);
        var path = stem + Extension;
        try
        {
            using var file = PrivateFiles.OpenStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(line);
            return $"kept in '{path}'";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"which could not be kept in '{path}' ({failure.Message}) and was: {Encoding.UTF8.GetString(line).TrimEnd()}";
        }
    }

    private static ReadOnlySpan<byte> ToJson(JournalFrame frame, MlflowException error, DateTimeOffset time)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("time", time);
            json.WriteString("error_code", error.ErrorCode.ToMlflowName());
            json.WriteString("error", error.Message);
            if (frame.Record is { } record)
                Write(json, record);
            else
                json.WriteBase64String("damaged", frame.Damaged);
            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenSpan;
    }

    private static void Write(Utf8JsonWriter json, JournalRecord record)
    {
        json.WriteString("run_id", record.RunId);
        json.WriteString("what", record.Kind.ToString());
        Array(json, "metrics", record.Metrics, metric =>
        {
            json.WriteString("key", metric.Key);
            if (double.IsFinite(metric.Value))
                json.WriteNumber("value", metric.Value);
            else
                json.WriteString("value", metric.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteNumber("timestamp", metric.Timestamp);
            json.WriteNumber("step", metric.Step);
            Optional(json, "model_id", metric.ModelId);
            Optional(json, "dataset_name", metric.DatasetName);
            Optional(json, "dataset_digest", metric.DatasetDigest);
        });
        Array(json, "params", record.Params, param => Pair(json, param.Key, param.Value));
        Array(json, "tags", record.Tags, tag => Pair(json, tag.Key, tag.Value));
        Optional(json, "key", record.Key);
        Array(json, "datasets", record.Datasets, input =>
        {
            json.WriteString("name", input.Dataset.Name);
            json.WriteString("digest", input.Dataset.Digest);
            json.WriteString("source_type", input.Dataset.SourceType);
            json.WriteString("source", input.Dataset.Source);
            Optional(json, "schema", input.Dataset.Schema);
            Optional(json, "profile", input.Dataset.Profile);
            Array(json, "tags", input.Tags, tag => Pair(json, tag.Key, tag.Value));
        });
        Array(json, "model_inputs", record.ModelInputs ?? [], model => json.WriteString("model_id", model.ModelId));
        Array(json, "model_outputs", record.ModelOutputs, model =>
        {
            json.WriteString("model_id", model.ModelId);
            json.WriteNumber("step", model.Step);
        });
        Optional(json, "status", record.Status?.ToString());
        Optional(json, "end_time", record.EndTime?.ToString("O"));
        Optional(json, "run_name", record.RunName);
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        if (items.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Pair(Utf8JsonWriter json, string key, string value)
    {
        json.WriteString("key", key);
        json.WriteString("value", value);
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
