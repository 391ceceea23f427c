using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace CSharpKernel.Protocol;

/// <summary>The cells of this session (https://jupyter-client.readthedocs.io/en/stable/messaging.html#history).</summary>
internal sealed class HistoryLog
{
    private readonly List<(int Number, string Code)> _cells = [];

    /// <summary>Remembers a cell.</summary>
    public void Add(int number, string code)
    {
        lock (_cells)
            _cells.Add((number, code));
    }

    /// <summary>Answers a <c>history_request</c>: the last ones, a range, or a search by a pattern with <c>*</c> and <c>?</c>.</summary>
    public JsonObject Answer(JsonObject request)
    {
        // Cells of subshells are added meanwhile.
        lock (_cells)
            return Find(request);
    }

    private JsonObject Find(JsonObject request)
    {
        var limit = Number(request, "n", int.MaxValue);
        var found = request["hist_access_type"]?.ToString() switch
        {
            "range" => InRange(Number(request, "session", 0), Number(request, "start", 0), Number(request, "stop", int.MaxValue)),
            "search" => Search(request["pattern"]?.ToString() ?? "*", request["unique"] is JsonValue unique && unique.TryGetValue<bool>(out var only) && only).TakeLast(limit),
            _ => _cells.TakeLast(limit),
        };
        var hasOutput = request["output"] is JsonValue output && output.TryGetValue<bool>(out var wanted) && wanted;
        return new JsonObject
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([.. found.Select(cell => new JsonArray(0, cell.Number, hasOutput ? new JsonArray(cell.Code, null) : JsonValue.Create(cell.Code)))]),
        };
    }

    // Only this session is known; its number is zero, as a relative number always says.
    private IEnumerable<(int Number, string Code)> InRange(int session, int start, int stop) =>
        session == 0 ? _cells.Where(cell => cell.Number >= start && cell.Number < stop) : [];

    private IEnumerable<(int Number, string Code)> Search(string pattern, bool unique)
    {
        var found = _cells.Where(cell => FileSystemName.MatchesSimpleExpression(pattern, cell.Code, ignoreCase: false));
        return unique ? found.Reverse().DistinctBy(cell => cell.Code).Reverse() : found;
    }

    private static int Number(JsonObject request, string name, int otherwise) =>
        request[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : otherwise;
}
