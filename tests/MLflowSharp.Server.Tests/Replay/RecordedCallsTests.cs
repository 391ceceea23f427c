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

    private readonly ApiUnderTest _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Every_recorded_call_is_answered_as_MLflow_answered_it()
    {
        // A bare NaN ends MLflow's reading, which then logs 0 at step 0; we log what was meant. What follows is compared as if we had done so, too.
        var replay = new RecordedReplay(_api, Otherwise, Wordings)
        {
            Meant = (note, text) => note == "log metric bare NaN" ? text.Replace("NaN,\"timestamp\":1,\"step\":2", "0,\"timestamp\":0,\"step\":0", StringComparison.Ordinal) : text,
            Forget = Forget,
        };
        var table = await replay.RunAsync(RecordedCall.All);
        new PageBlock("tracking-server", "recorded calls").Holds(table.ToString());
    }

    /// <summary>Takes the dataset that we refused out of what was recorded.</summary>
    private static void Forget(JsonNode recorded)
    {
        foreach (var run in (recorded["runs"]?.AsArray() ?? []).Append(recorded["run"]))
            (run?["inputs"]?["dataset_inputs"] as JsonArray)?.RemoveAll(input => string.IsNullOrEmpty((string?)input!["dataset"]!["digest"]));
    }
}
