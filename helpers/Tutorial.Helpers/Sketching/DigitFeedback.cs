using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp;

namespace Tutorial.Helpers;

/// <summary>
/// Drawings that a model read wrongly, with the digit they show: what a next model can learn from. Each one that is kept is logged, in one
/// artifact of a run, <see cref="ArtifactFile"/>.
/// </summary>
/// <param name="client">Where the run is.</param>
/// <param name="runId">The run.</param>
public sealed class DigitFeedback(MlflowClient client, string runId)
{
    /// <summary>The artifact: <c>feedback/drawings.json</c>.</summary>
    public const string ArtifactFile = "feedback/drawings.json";

    private readonly Lock _gate = new();
    private readonly FeedbackLog _log = new(client, runId, "drawings");
    private readonly List<SampleDrawing> _kept = [];

    /// <summary>What was kept.</summary>
    public IReadOnlyList<SampleDrawing> Kept
    {
        get
        {
            lock (_gate)
                return [.. _kept];
        }
    }

    /// <summary>Keeps a drawing.</summary>
    /// <param name="drawing">The drawing as its area gives it; see <see cref="DigitDrawing.Parse"/>.</param>
    /// <param name="digit">The digit it shows, 0 to 9.</param>
    /// <exception cref="ArgumentException">Nothing is drawn, or there is no such digit. Nothing was kept.</exception>
    public void Keep(string drawing, int digit)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)digit, 9u, nameof(digit));
        var drawn = DigitDrawing.Parse(drawing);
        if (drawn.IsEmpty)
            throw new ArgumentException("Nothing is drawn yet: draw a digit, then say which it is.", nameof(drawing));
        lock (_gate)
        {
            _log.Add(new JsonObject { ["label"] = digit, ["drawing"] = JsonNode.Parse(drawn.ToJson()) });
            _kept.Add(new(digit, "feedback", drawn));
        }
    }

    /// <summary>Reads what was kept, here or by a page (<c>feedback.json</c>).</summary>
    /// <param name="json">A list of <c>{"label": 7, "drawing": {…}}</c>.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static IReadOnlyList<SampleDrawing> Read(string json)
    {
        try
        {
            return [.. JsonNode.Parse(json)!.AsArray().Select(entry => new SampleDrawing(entry!["label"]!.GetValue<int>(), "feedback", DigitDrawing.Parse(entry["drawing"]!.ToJsonString())))];
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new FormatException("This is no feedback. Give the text of feedback.json: a list of {\"label\": 7, \"drawing\": {…}}.", damage);
        }
    }
}
