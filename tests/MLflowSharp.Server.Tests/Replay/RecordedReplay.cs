using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Tests.Protocol;

namespace MLflowSharp.Server.Tests.Replay;

/// <summary>Makes recorded calls again, one after the other, and compares the answers.</summary>
/// <param name="api">Whose answers.</param>
/// <param name="otherwise">Calls that are answered otherwise by their notes, and why; the beginning of a note does.</param>
/// <param name="wordings">Beginnings of messages that say the same in other words.</param>
internal sealed class RecordedReplay(ApiUnderTest api, IReadOnlyDictionary<string, string> otherwise, (string Recorded, string Ours)[] wordings)
{
    // An identifier in quotes is found only when the quotes stay quotes.
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly RequestGuard _guard = new();
    private readonly Correspondence _names = new();

    /// <summary>What was meant by the text of a call of a note.</summary>
    public Func<string, string, string> Meant { get; init; } = (_, text) => text;

    /// <summary>Makes the calls; fails when one is answered otherwise and is not said to be, or is said to be and is not.</summary>
    public async Task<ConformanceTable> RunAsync(IReadOnlyList<RecordedCall> calls)
    {
        var differences = new List<string>();
        var table = new ConformanceTable(otherwise);
        foreach (var call in calls)
        {
            var (status, type, body) = await SendAsync(call);
            var difference = Compare(call, status, type, body);
            table.Add(call, difference is null, IsInOtherWords(call));
            if (difference is null == otherwise.ContainsKey(call.Note))
                differences.Add($"{call.Number} {call.Note} ({call.Method} {call.Path[..Math.Min(90, call.Path.Length)]}): {difference ?? "is answered as by MLflow now, so it is no exception any more"}");
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differ:\n{string.Join('\n', differences)}");
        return table;
    }

    private async Task<(int Status, string? Type, string Body)> SendAsync(RecordedCall call)
    {
        var headers = call.Headers.ToDictionary(header => header.Key, header => _names.ToOurs((string)header.Value!), StringComparer.OrdinalIgnoreCase);
        byte[] body = [];
        if (call.Request is { } request)
        {
            var fields = request as JsonObject;
            if (fields?["base64"] is { } bytes)
                body = Convert.FromBase64String((string)bytes!);
            // The recording shows bytes of a file as the characters of their numbers.
            else
                body = (call.Note == "put binary" ? Encoding.Latin1 : Encoding.UTF8).GetBytes(_names.ToOurs(Meant(call.Note, fields?["raw"] is { } raw ? (string)raw! : request.ToJsonString(AsWritten))));
            if (call.Method is not "GET")
                headers.TryAdd("Content-Type", "application/json");
        }

        var sent = new RestRequest { Method = call.Method, Target = _names.ToOurs(call.Path), Headers = headers, Body = new MemoryStream(body) };
        using var answer = _guard.Check(sent) ?? await api.Api.HandleAsync(sent, TestContext.Current.CancellationToken);
        using var content = new MemoryStream();
        await answer.CopyToAsync(content, TestContext.Current.CancellationToken);
        return (answer.Status, answer.ContentType, Encoding.UTF8.GetString(content.ToArray()));
    }

    private string? Compare(RecordedCall call, int status, string? type, string body)
    {
        if (status != call.Status)
            return $"status {call.Status} was recorded, {status} came: {Short(body)}";
        if (type?.Split(';')[0] is var ours && ours != (call.ContentType.Length == 0 ? null : call.ContentType.Split(';')[0]))
            return $"type {call.ContentType} was recorded, {type} came";
        // Files with spans are JSON, and no more than that.
        if (!call.ContentType.StartsWith("application/json", StringComparison.Ordinal) && call.Response is not JsonObject)
            return status == 200 && body != (string?)call.Response ? $"'{call.Response}' was recorded, '{Short(body)}' came" : null;
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return $"no JSON came: {Short(body)}";
        }

        if (status == 200)
            return _names.Difference(call.Response, json);

        if (call.Response!["detail"] is { } detail)
            return _names.Difference(detail, json?["detail"]);
        // Messages are MLflow's, and some go on to say what to do next.
        foreach (var key in (string[])["error_code", "sqlstate", "error_class"])
        {
            if ((string?)call.Response![key] != (string?)json![key])
                return $"{key} {call.Response[key]} was recorded, {json[key]} came: {Short(body)}";
        }

        var (recorded, came) = (_names.ToOurs((string)call.Response!["message"]!), (string)json!["message"]!);
        return came.StartsWith(WordingOf(recorded) ?? recorded.TrimEnd('.'), StringComparison.Ordinal) ? null : $"message '{Short(recorded)}' was recorded, '{Short(came)}' came";
    }

    private bool IsInOtherWords(RecordedCall call) =>
        (call.Response as JsonObject)?["message"] is { } message && _names.ToOurs((string)message!) is var recorded && WordingOf(recorded) is not null;

    private string? WordingOf(string recorded) => wordings.FirstOrDefault(wording => recorded.StartsWith(wording.Recorded, StringComparison.Ordinal)).Ours;

    private static string Short(string text) => text.Length <= 300 ? text : $"{text[..300]}…";
}
