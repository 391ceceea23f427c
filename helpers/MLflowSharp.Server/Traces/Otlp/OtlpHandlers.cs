using System.IO.Compression;
using System.Text.Json.Nodes;
using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Stores;
using MLflowSharp.Traces;

namespace MLflowSharp.Server.Traces.Otlp;

/// <summary>
/// POST v1/traces: spans as any OpenTelemetry exporter sends them over HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp), in protobuf or JSON. The headers
/// <c>x-mlflow-experiment-id</c> and <c>x-mlflow-run-id</c> say where they belong.
/// </summary>
internal sealed class OtlpHandlers(ITrackingStore store)
{
    private const int LongestBody = 100 << 20;
    private const string Protobuf = "application/x-protobuf";

    public IEnumerable<Route> Routes => [new("POST", "/v1/traces", AnswerAsync)];

    private async Task<RestResponse> AnswerAsync(RestCall call, CancellationToken cancellationToken)
    {
        if (WireText.OrNull(call.Request.Header("x-mlflow-experiment-id")) is not { } experiment)
        {
            return Answers.CompactJson(
                new() { ["detail"] = new JsonArray(new JsonObject { ["type"] = "missing", ["loc"] = new JsonArray("header", "x-mlflow-experiment-id"), ["msg"] = "Field required", ["input"] = null }) }, 422);
        }

        var type = call.Request.Header("Content-Type");
        if (type?.Split(';')[0].Trim() is not ("application/json" or Protobuf) and var media)
            return Detail(400, $"Invalid Content-Type: {type}. Expected: {Protobuf} or application/json");
        IReadOnlyList<TraceSpan> spans;
        try
        {
            var body = await ReadAsync(call, cancellationToken);
            var resources = type!.Split(';')[0].Trim() == Protobuf ? OtlpProtobuf.Read(body) : OtlpJson.Read(body);
            if (resources.Count == 0)
                return Detail(400, "Invalid OpenTelemetry format - no spans found");
            spans = [.. resources.SelectMany(resource => resource)];
        }
        catch (InvalidDataException error)
        {
            return Detail(error.InnerException is ArgumentException ? 422 : 400, error.Message);
        }

        if (spans.Count > 0)
        {
            await TraceHandlers.Of(store).LogSpansAsync(experiment, spans, cancellationToken);
            if (WireText.OrNull(call.Request.Header("x-mlflow-run-id")) is { } run)
                await LinkAsync([.. spans.Where(span => span.ParentId is null).Select(span => span.TraceId).Distinct()], run, cancellationToken);
        }

        return new(200, Protobuf, []);
    }

    private async Task LinkAsync(string[] traces, string run, CancellationToken cancellationToken)
    {
        foreach (var part in traces.Chunk(100))
            await TraceHandlers.Of(store).LinkTracesToRunAsync(part, run, cancellationToken);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(RestCall call, CancellationToken cancellationToken)
    {
        var encoding = WireText.OrNull(call.Request.Header("Content-Encoding"))?.ToLowerInvariant();
        var body = await RestCall.ReadAsync(call.Request.Body, LongestBody, TooLong, cancellationToken);
        Func<Stream, Stream>[] openers = encoding switch
        {
            null => [],
            "gzip" => [packed => new GZipStream(packed, CompressionMode.Decompress)],
            // Some send the plain form of it.
            "deflate" => [packed => new ZLibStream(packed, CompressionMode.Decompress), packed => new DeflateStream(packed, CompressionMode.Decompress)],
            _ => throw new InvalidDataException($"Unsupported Content-Encoding: {encoding}"),
        };
        foreach (var open in openers)
        {
            try
            {
                await using var unpacked = open(new MemoryStream(body.ToArray(), writable: false));
                return await RestCall.ReadAsync(unpacked, LongestBody, TooLong, cancellationToken);
            }
            catch (InvalidDataException) when (open != openers[^1])
            {
                // The other form is tried next.
            }
            catch (InvalidDataException error)
            {
                throw new InvalidDataException($"Failed to decompress {encoding} payload", error);
            }
        }

        return body;
    }

    private static string TooLong => $"Spans may have {LongestBody >> 20} MB at once; send them in parts.";

    private static RestResponse Detail(int status, string text) => Answers.CompactJson(new() { ["detail"] = text }, status);
}
