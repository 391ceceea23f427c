using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MLflowSharp.Server.Scoring.Serving;

namespace MLflowSharp.Server.Scoring.Observing;

/// <summary>Tells what happens in lines of JSON.</summary>
/// <param name="write">Takes a line; null to tell nobody.</param>
/// <param name="time">The clock.</param>
internal sealed class ScoringLog(Action<string>? write, TimeProvider time)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A request is answered.</summary>
    public void Request(RestRequest request, int status, int rows, TimeSpan duration, string? error) => Write(status >= 500 ? "error" : "info", "request", json =>
    {
        json.WriteString("method"u8, request.Method);
        // Without the query, where others put their secrets.
        json.WriteString("path"u8, request.Path);
        json.WriteNumber("status"u8, status);
        json.WriteNumber("rows"u8, rows);
        json.WriteNumber("milliseconds"u8, Math.Round(duration.TotalMilliseconds, 3));
        if (error is not null)
            json.WriteString("error"u8, error);
    });

    /// <summary>A model is served from now on.</summary>
    /// <param name="what">What happened, such as <c>loaded</c>.</param>
    /// <param name="served">The model.</param>
    public void Model(string what, ServedModel served) => Write("info", what, json =>
    {
        json.WriteString("model"u8, served.Model.Uri);
        json.WriteString("version"u8, served.Version);
        json.WriteString("flavor"u8, served.Model.Flavor);
    });

    /// <summary>Something went wrong that no client is told of.</summary>
    public void Fault(string message) => Write("error", "fault", json => json.WriteString("message"u8, message));

    private void Write(string level, string what, Action<Utf8JsonWriter> details)
    {
        if (write is null)
            return;
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("time"u8, time.GetUtcNow().UtcDateTime);
            json.WriteString("level"u8, level);
            json.WriteString("event"u8, what);
            details(json);
            json.WriteEndObject();
        }

        write(Encoding.UTF8.GetString(line.WrittenSpan));
    }
}
