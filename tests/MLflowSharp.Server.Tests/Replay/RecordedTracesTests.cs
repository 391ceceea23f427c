using MLflowSharp.Tests;
using MLflowSharp.Tests.Protocol;

namespace MLflowSharp.Server.Tests.Replay;

/// <summary>Calls about traces that <c>tests/Interop/Python/record_traces.py</c> made to a real MLflow 3.17.2, made again to our server.</summary>
public sealed class RecordedTracesTests : IDisposable
{
    private static readonly Dictionary<string, string> Otherwise = new()
    {
        ["start after spans"] = "MLflow's answer lacks the tags that it has just stored; ours has them.",
        ["get whole tr-a00000000000000000000000000000a0"] = "MLflow takes the identifiers of links in JSON for base64, and loses them; we keep them.",
        ["artifact tr-a00000000000000000000000000000a0"] = "The same links.",
        ["batch"] = "The same links.",
        ["metric SPANS span_count {\"dimensions\": [\"span_type\"], \"filters\": [\"span.status = 'OK'\"]}"] = "The type that a `gen_ai.operation.name` stands for is counted, too.",
        ["tag of nothing"] = "404 with a sentence, where MLflow's database complains.",
        ["link"] = "A trace named twice is linked once, where MLflow's database complains.",
        ["search order doubled"] = "400, where MLflow says 500.",
        ["search filter text ILIKE '%BOOM%'"] = "MLflow's parser stumbles over its own word; we look for it.",
        ["search filter    "] = "A filter of blanks is none.",
        ["metric percentile 101"] = "400, where MLflow says 500.",
        ["metric percentile of nothing"] = "400, where MLflow says 500.",
    };

    private static readonly (string Recorded, string Ours)[] Wordings =
    [
        ("Unknown assessment type: None", "Assessment must have either feedback, expectation, or issue value"),
        ("Invalid comparator 'IN' not one of", "Invalid comparator 'IN' not one of"),
        ("Invalid comparator '>' not one of", "Invalid comparator '>' not one of"),
        ("Invalid attribute key 'bogus' specified. Valid keys are '", "Invalid attribute key 'bogus' specified. Valid keys are '"),
        ("Invalid entity type 'service'. Valid values are ", "Invalid entity type 'service'. Valid values are "),
        ("Invalid entity type 'metrics'. Valid values are ", "Invalid entity type 'metrics'. Valid values are "),
        ("Parameter value is either not quoted", "The value of a attribute is either not quoted"),
        ("Invalid clause(s) in filter string: 'timestamp', '='", "Expected numeric value type for numeric attribute: timestamp"),
        ("Invalid clause(s) in filter string: 'timestamp', 'LIKE'", "Invalid comparator 'LIKE' not one of"),
    ];

    private readonly ApiUnderTest _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Every_recorded_call_about_traces_is_answered_as_MLflow_answered_it()
    {
        var table = await new RecordedReplay(_api, Otherwise, Wordings).RunAsync(RecordedCall.Read("traces-3.17.2"));

        new PageBlock("tracking-server", "recorded traces").Holds(table.ToString());
    }
}
