using System.Text;
using MLflowSharp.Tests.Protocol;

namespace MLflowSharp.Server.Tests.Replay;

/// <summary>How many recorded calls are answered as by MLflow, by what they are about, as Markdown.</summary>
/// <param name="otherwise">The calls that are answered otherwise by their notes, and why.</param>
internal sealed class ConformanceTable(IReadOnlyDictionary<string, string> otherwise)
{
    private readonly List<(string Area, string Note, bool IsSame, bool InOtherWords)> _calls = [];

    /// <summary>Adds a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isSame">Whether status, media type, codes and values are the same.</param>
    /// <param name="inOtherWords">Whether its message says the same in other words.</param>
    public void Add(RecordedCall call, bool isSame, bool inOtherWords) => _calls.Add((AreaOf(call.Route), call.Note, isSame, inOtherWords));

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder("| About | Calls | Same | Same, other words | Otherwise |\n|---|---:|---:|---:|---:|\n");
        foreach (var area in _calls.GroupBy(call => call.Area).OrderByDescending(area => area.Count()).ThenBy(area => area.Key, StringComparer.Ordinal))
            Row(area.Key, [.. area]);
        Row("**all**", _calls);
        text.Append("\nOtherwise:\n\n");
        foreach (var (note, reason) in otherwise)
            text.Append($"- *{note}*: {reason}\n");
        return text.ToString();

        void Row(string name, IReadOnlyCollection<(string, string, bool IsSame, bool InOtherWords)> calls) => text.Append(
            $"| {name} | {calls.Count} | {calls.Count(call => call is { IsSame: true, InOtherWords: false })} | {calls.Count(call => call is { IsSame: true, InOtherWords: true })} | {calls.Count(call => !call.IsSame)} |\n");
    }

    private static string AreaOf(string route) => route.Split('/') switch
    {
        [_, "2.0", "mlflow-artifacts", ..] or ["get-artifact"] or [_, _, "mlflow", "artifacts", ..] => "artifacts",
        [_, _, "mlflow", "nope" or "server-info" or "..", ..] or ["health" or "version" or "nope" or ".."] => "the server, unknown addresses",
        ["v1", "traces"] or [_, _, "mlflow", "get-trace-artifact"] => "traces",
        [_, _, "mlflow", "scorers" or "datasets", ..] => "scorers and evaluation datasets",
        [_, _, "mlflow", var area, ..] => area,
        ["graphql"] => "GraphQL",
        _ => "the server, unknown addresses",
    };
}
