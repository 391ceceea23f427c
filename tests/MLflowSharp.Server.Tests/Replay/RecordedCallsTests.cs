using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Tests;
using MLflowSharp.Tests.Protocol;

namespace MLflowSharp.Server.Tests.Replay;

/// <summary>
/// The 211 calls that were recorded from a real MLflow 3.17.2, made again to our server, one after the other. Their counts stand in
/// <c>docs/tracking-server.md</c>.
/// </summary>
public sealed class RecordedCallsTests : IDisposable
{
    /// <summary>Calls that we answer otherwise, and why.</summary>
    private static readonly Dictionary<string, string> Otherwise = new()
    {
        ["server info"] = "We have neither the gateway nor addresses signed in advance.",
        ["search models"] = "We say the tags of the newest versions here, too, as MLflow does when asked for one model.",
        ["log inputs bad"] = "A dataset needs a digest and a source; MLflow stores it without.",
    };

    /// <summary>Beginnings of messages that say the same in other words.</summary>
    private static readonly (string Recorded, string Ours)[] Wordings =
    [
        ("Invalid page token", "Invalid page token"),
        ("The experiment 1 must be in the 'active' state", "The experiment 1 ('rest-renamed') must be in the 'active' state"),
        ("The experiment 0 must be in the 'active' state", "The experiment 0 ('Default') must be in the 'active' state"),
        ("No Experiment with id=1 exists", "No deleted Experiment with id=1 exists"),
        ("'Metric name' exceeds the maximum length of 250 characters", "'name' exceeds the maximum length of 250 characters"),
        ("Invalid path", "Invalid artifact path"),
    ];

    private readonly RequestGuard _guard = new();
    private readonly ApiUnderTest _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Every_recorded_call_is_answered_as_MLflow_answered_it()
    {
        var names = new Correspondence();
        var differences = new List<string>();
        var table = new ConformanceTable(Otherwise);
        foreach (var call in RecordedCall.All)
        {
            var (status, type, body) = await SendAsync(call, names);
            var difference = Compare(call, status, type, body, names);
            table.Add(call, isSame: difference is null, inOtherWords: (call.Response as JsonObject)?["message"] is { } message && WordingOf(names.ToOurs((string)message!)) is { } wording && !((string)message!).StartsWith(wording, StringComparison.Ordinal));
            if (difference is null == Otherwise.ContainsKey(call.Note))
                differences.Add($"{call.Number} {call.Note} ({call.Method} {call.Path[..Math.Min(90, call.Path.Length)]}): {difference ?? "is answered as by MLflow now, so it is no exception any more"}");
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differ:\n{string.Join('\n', differences)}");
        new PageBlock("tracking-server", "recorded calls").Holds(table.ToString());
    }

    private async Task<(int Status, string? Type, string Body)> SendAsync(RecordedCall call, Correspondence names)
    {
        var headers = call.Headers.ToDictionary(header => header.Key, header => (string)header.Value!, StringComparer.OrdinalIgnoreCase);
        byte[] body = [];
        if (call.Request is { } request)
        {
            var text = (request as JsonObject)?["raw"] is { } raw ? (string)raw! : request.ToJsonString();
            // A bare NaN ends MLflow's reading, which then logs 0 at step 0; we log what was meant. What follows is compared as if we had done so, too.
            if (call.Note == "log metric bare NaN")
                text = text.Replace("NaN,\"timestamp\":1,\"step\":2", "0,\"timestamp\":0,\"step\":0", StringComparison.Ordinal);
            // The recording shows bytes of a file as the characters of their numbers.
            body = (call.Note == "put binary" ? Encoding.Latin1 : Encoding.UTF8).GetBytes(names.ToOurs(text));
            if (call.Method is not "GET")
                headers.TryAdd("Content-Type", "application/json");
        }

        var sent = new RestRequest { Method = call.Method, Target = names.ToOurs(call.Path), Headers = headers, Body = new MemoryStream(body) };
        using var answer = _guard.Check(sent) ?? await _api.Api.HandleAsync(sent, TestContext.Current.CancellationToken);
        using var content = new MemoryStream();
        await answer.CopyToAsync(content, TestContext.Current.CancellationToken);
        return (answer.Status, answer.ContentType, Encoding.UTF8.GetString(content.ToArray()));
    }

    private static string? Compare(RecordedCall call, int status, string? type, string body, Correspondence names)
    {
        if (status != call.Status)
            return $"status {call.Status} was recorded, {status} came: {Short(body)}";
        if (type?.Split(';')[0] is var ours && ours != (call.ContentType.Length == 0 ? null : call.ContentType.Split(';')[0]))
            return $"type {call.ContentType} was recorded, {type} came";
        if (!call.ContentType.StartsWith("application/json", StringComparison.Ordinal))
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
        {
            Forget(call.Response!);
            return names.Difference(call.Response, json);
        }

        // Messages say the same in words of their own, and what to do next: their beginnings and all codes are the same.
        foreach (var key in (string[])["error_code", "sqlstate", "error_class"])
        {
            if ((string?)call.Response![key] != (string?)json![key])
                return $"{key} {call.Response[key]} was recorded, {json[key]} came: {Short(body)}";
        }

        var (recorded, came) = (names.ToOurs((string)call.Response!["message"]!), (string)json!["message"]!);
        var wording = WordingOf(recorded) ?? FirstWords(recorded);
        return came.StartsWith(wording, StringComparison.Ordinal) ? null : $"message '{Short(recorded)}' was recorded, '{Short(came)}' came";
    }

    /// <summary>Takes the dataset that we refused out of what was recorded.</summary>
    private static void Forget(JsonNode recorded)
    {
        foreach (var run in (recorded["runs"]?.AsArray() ?? []).Append(recorded["run"]))
            (run?["inputs"]?["dataset_inputs"] as JsonArray)?.RemoveAll(input => string.IsNullOrEmpty((string?)input!["dataset"]!["digest"]));
    }

    private static string? WordingOf(string recorded) => Wordings.FirstOrDefault(wording => recorded.StartsWith(wording.Recorded, StringComparison.Ordinal)).Ours;

    private static string FirstWords(string message) => message.Split([". ", ": ", " Error", "\n"], StringSplitOptions.None)[0].TrimEnd('.');

    private static string Short(string text) => text.Length <= 300 ? text : $"{text[..300]}…";
}
