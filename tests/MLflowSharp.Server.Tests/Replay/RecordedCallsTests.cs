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
        ["server info"] = "We have no gateway to language models.",
    };

    /// <summary>Beginnings of messages that go on otherwise: with a database's own words, or with names in no order.</summary>
    private static readonly (string Recorded, string Ours)[] Wordings =
    [
        ("Experiment(name=rest) already exists.", "Experiment(name=rest) already exists."),
        ("Experiment(name=rest-renamed) already exists.", "Experiment(name=rest-renamed) already exists."),
        ("Invalid attribute key 'bogus' specified. Valid keys are '", "Invalid attribute key 'bogus' specified. Valid keys are '"),
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
        };
        var table = await replay.RunAsync(RecordedCall.All);
        new PageBlock("tracking-server", "recorded calls").Holds(table.ToString());
    }
}
