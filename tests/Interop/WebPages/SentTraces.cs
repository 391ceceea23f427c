using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Interop.WebPages;

/// <summary>Two traces as any program with OpenTelemetry sends them: a prediction of two steps that went well, and one that failed.</summary>
internal static class SentTraces
{
    /// <summary>The first trace.</summary>
    public const string First = "tr-11111111111111111111111111111111";

    /// <summary>Sends them, as of just now.</summary>
    /// <param name="address">The server.</param>
    /// <param name="experimentId">Where they belong.</param>
    /// <param name="runId">The run that they are linked to.</param>
    /// <param name="modelId">The logged model that the second one is of.</param>
    public static async Task SendAsync(string address, string experimentId, string runId, string modelId)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var good = Spans(
            Span('1', 1, null, "predict a digit", now - 60_000, 120, ("mlflow.spanType", "CHAIN"), ("mlflow.spanInputs", """{"image": "five.png"}"""), ("mlflow.spanOutputs", """{"digit": 5, "sure": 0.98}"""), ("session.id", "lesson-1"), ("mlflow.traceTag.mlflow.traceName", "predict a digit")),
            Span('1', 2, 1, "scale pixels", now - 59_990, 20, ("mlflow.spanType", "TOOL"), ("mlflow.spanInputs", """{"pixels": 784}"""), ("mlflow.spanOutputs", "784")));
        var bad = Spans(Span('2', 3, null, "predict a letter", now - 30_000, 15, ("mlflow.spanInputs", """{"image": "a.png"}"""), ("mlflow.traceTag.mlflow.traceName", "predict a letter")), status: 2);
        using var http = new HttpClient();
        foreach (var spans in (JsonObject[])[good, bad])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/v1/traces") { Content = new StringContent(spans.ToJsonString(), Encoding.UTF8, "application/json") };
            request.Headers.Add("x-mlflow-experiment-id", experimentId);
            request.Headers.Add("x-mlflow-run-id", runId);
            using var answer = await http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }

        // As MLflow's client says to which model a trace belongs.
        var info = new JsonObject
        {
            ["trace_id"] = $"tr-{new string('2', 32)}",
            ["trace_location"] = new JsonObject { ["mlflow_experiment"] = new JsonObject { ["experiment_id"] = experimentId } },
            ["request_time"] = DateTimeOffset.FromUnixTimeMilliseconds(now - 30_000).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["execution_duration"] = "0.015s",
            ["state"] = "ERROR",
            ["trace_metadata"] = new JsonObject { ["mlflow.modelId"] = modelId },
        };
        using var content = new StringContent(new JsonObject { ["trace"] = new JsonObject { ["trace_info"] = info } }.ToJsonString(), Encoding.UTF8, "application/json");
        using var started = await http.PostAsync(new Uri($"{address}/api/3.0/mlflow/traces"), content);
        started.EnsureSuccessStatusCode();
    }

    private static JsonObject Spans(params JsonObject[] spans) => new() { ["resourceSpans"] = new JsonArray(new JsonObject { ["scopeSpans"] = new JsonArray(new JsonObject { ["spans"] = new JsonArray(spans) }) }) };

    private static JsonObject Spans(JsonObject span, int status)
    {
        span["status"] = new JsonObject { ["code"] = status, ["message"] = "Letters are no digits." };
        return Spans(span);
    }

    private static JsonObject Span(char trace, int number, int? parent, string name, long start, int milliseconds, params (string Key, string Value)[] attributes) => new()
    {
        ["traceId"] = new string(trace, 32),
        ["spanId"] = number.ToString("x16", CultureInfo.InvariantCulture),
        ["parentSpanId"] = parent?.ToString("x16", CultureInfo.InvariantCulture),
        ["name"] = name,
        ["startTimeUnixNano"] = $"{start}000000",
        ["endTimeUnixNano"] = $"{start + milliseconds}000000",
        ["status"] = new JsonObject { ["code"] = 1 },
        ["attributes"] = new JsonArray([.. attributes.Select(attribute => new JsonObject { ["key"] = attribute.Key, ["value"] = new JsonObject { ["stringValue"] = attribute.Value } })]),
    };
}
