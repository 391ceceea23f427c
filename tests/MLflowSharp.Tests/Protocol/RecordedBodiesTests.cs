using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Protocol;

/// <summary>Every body that a real MLflow 3.17.2 received or sent, read into our messages and written again.</summary>
public sealed class RecordedBodiesTests
{
    /// <summary>Bodies that MLflow's server tolerates and we refuse: a number that is no whole one, or too great, or no number at all; and what is no object.</summary>
    private static readonly string[] Refused = ["start_time wrong", "start_time float", "log metric 'abc'", "over int64", "name wrong type", "param number", "malformed json", "array body", "form"];

    /// <summary>Bodies that come back tidied: unknown fields and unknown names go, numbers in texts become numbers, what is null goes.</summary>
    private static readonly string[] Tidied = ["unknown field", "start_time as string", "log metric '0.25'", "log metric None", "step string", "search runs bad view", "update bad status"];

    [Fact]
    public void Every_request_survives_reading_and_writing()
    {
        var (done, refused, tidied) = (0, new List<string>(), new List<string>());
        foreach (var call in RecordedCall.All.Where(call => call.Request is not null || call.Query.Length > 0))
        {
            if (Messages.RequestOf(call.Method, call.Route) is not { } message)
                continue;
            try
            {
                var (written, expected) = call.Method == "GET" ? ReadAndWriteQuery(message, call.Query) : ReadAndWriteBody(message, call.Request!);
                if (SameJson.Is(expected, written))
                    done++;
                else
                    tidied.Add(call.Note);
            }
            catch (JsonException)
            {
                refused.Add(call.Note);
            }
        }

        Assert.Equal(Refused.Order(), refused.Order());
        Assert.Equal(Tidied.Order(), tidied.Order());
        Assert.Equal(165, done);
    }

    [Fact]
    public void Every_answer_survives_reading_and_writing()
    {
        var done = 0;
        foreach (var call in RecordedCall.All.Where(call => call.ContentType.StartsWith("application/json", StringComparison.Ordinal)))
        {
            if (Messages.ResponseOf(call.Method, call.Route, call.Status) is not { } message)
                continue;
            var written = message.ReadAndWrite(Encoding.UTF8.GetBytes(call.Response!.ToJsonString()));
            Assert.True(SameJson.Is(call.Response, written), $"{call.Number} {call.Note}:\n{call.Response!.ToJsonString()}\n{written.ToJsonString()}");
            done++;
        }

        Assert.Equal(192, done);
    }

    [Fact]
    public void Every_answer_survives_the_way_through_our_entities()
    {
        var done = 0;
        foreach (var call in RecordedCall.All.Where(call => call.Status == 200))
        {
            if (Messages.ThroughEntities(call.Method, call.Route) is not { } convert)
                continue;
            var written = convert(Encoding.UTF8.GetBytes(call.Response!.ToJsonString()));
            Allow(call.Response);
            Assert.True(SameJson.Is(call.Response, written), $"{call.Number} {call.Note}:\n{call.Response!.ToJsonString()}\n{written.ToJsonString()}");
            done++;
        }

        Assert.Equal(48, done);
    }

    /// <summary>What our entities do not keep is the workspace; what they do not know is that a run is new.</summary>
    private static void Allow(JsonNode response)
    {
        foreach (var experiment in (response["experiments"]?.AsArray() ?? []).Append(response["experiment"]).OfType<JsonObject>())
            experiment.Remove("workspace");
        response["run"]?.AsObject().TryAdd("outputs", new JsonObject());
    }

    private static (JsonNode Written, JsonNode Expected) ReadAndWriteBody(Message message, JsonNode request)
    {
        var text = request["raw"] is { } raw ? (string)raw! : request.ToJsonString();
        // A body that is itself a JSON text is decoded once more by MLflow's server; that is not the messages' matter.
        if (text.StartsWith('"'))
            text = JsonSerializer.Deserialize<string>(text)!;
        return (message.ReadAndWrite(Encoding.UTF8.GetBytes(text)), JsonNode.Parse(text.Replace(":NaN", ":\"NaN\"", StringComparison.Ordinal))!);
    }

    private static (JsonNode Written, JsonNode Expected) ReadAndWriteQuery(Message message, string query)
    {
        var written = message.ReadAndWriteQuery(Pairs(query));
        return (Json(Pairs(written.TrimStart('?'))), Json(Pairs(query)));
    }

    private static List<KeyValuePair<string, string>> Pairs(string query) =>
        [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(item => item.Split('=', 2)).Select(item => KeyValuePair.Create(item[0], WebUtility.UrlDecode(item[1])))];

    private static JsonObject Json(List<KeyValuePair<string, string>> pairs) =>
        new(pairs.GroupBy(pair => pair.Key).Select(group => KeyValuePair.Create(group.Key, (JsonNode?)string.Join('\n', group.Select(pair => pair.Value)))));
}
