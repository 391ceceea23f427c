using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MLflowSharp.Server.Observing;

/// <summary>Tells what happens in lines of JSON.</summary>
/// <param name="write">Takes a line; null to tell nobody.</param>
/// <param name="time">The clock.</param>
internal sealed class JsonLines(Action<string>? write, TimeProvider time)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A request is answered. Queries are left out: others put their secrets there.</summary>
    public void Request(RestRequest request, int status, TimeSpan duration, Action<Utf8JsonWriter>? details = null) => Write(status >= 500 ? "error" : "info", "request", json =>
    {
        json.WriteString("method"u8, request.Method);
        json.WriteString("path"u8, request.Path);
        json.WriteNumber("status"u8, status);
        details?.Invoke(json);
        json.WriteNumber("milliseconds"u8, Math.Round(duration.TotalMilliseconds, 3));
    });

    /// <summary>Something went wrong that no client is told of.</summary>
    public void Fault(string message) => Write("error", "fault", json => json.WriteString("message"u8, message));

    /// <summary>Writes a line.</summary>
    /// <param name="level"><c>info</c> or <c>error</c>.</param>
    /// <param name="what">What happened.</param>
    /// <param name="details">Writes more fields.</param>
    public void Write(string level, string what, Action<Utf8JsonWriter> details)
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
