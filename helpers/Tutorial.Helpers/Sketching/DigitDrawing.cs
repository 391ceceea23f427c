using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tutorial.Helpers;

/// <summary>A digit as it was drawn: the ways of the pen.</summary>
/// <param name="Strokes">Each stroke's points, from where the pen went down to where it was lifted.</param>
/// <param name="Width">Width of the canvas in pixels; above 0.</param>
/// <param name="Height">Height of the canvas in pixels; above 0.</param>
/// <param name="Brush">Width of the pen in pixels; above 0.</param>
public sealed record DigitDrawing(IReadOnlyList<IReadOnlyList<PenPoint>> Strokes, double Width = 280, double Height = 280, double Brush = 20)
{
    private const int MostPoints = 100_000;

    /// <summary>Whether there is no ink.</summary>
    public bool IsEmpty => Strokes.All(stroke => stroke.Count == 0);

    /// <summary>Reads a drawing as the drawing areas of notebooks and pages give it.</summary>
    /// <param name="json"><c>{"width": 280, "height": 280, "brush": 20, "strokes": [[[x, y], …], …]}</c>, or the list of strokes alone. Empty text is an empty drawing.</param>
    /// <exception cref="FormatException">It is something else; the message says what.</exception>
    public static DigitDrawing Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (string.IsNullOrWhiteSpace(json))
            return new([]);
        try
        {
            var node = JsonNode.Parse(json);
            var given = node as JsonObject;
            var strokes = ((given is null ? node : given["strokes"]) as JsonArray ?? throw new FormatException("there are no strokes"))
                .Select(stroke => (IReadOnlyList<PenPoint>)[.. stroke!.AsArray().Select(point => new PenPoint(Coordinate(point, 0), Coordinate(point, 1)))])
                .ToList();
            if (strokes.Sum(stroke => stroke.Count) > MostPoints)
                throw new FormatException(FormattableString.Invariant($"it has more than {MostPoints} points"));
            return new(strokes, Size(given, "width", 280), Size(given, "height", 280), Size(given, "brush", 20));
        }
        catch (Exception trouble) when (trouble is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentOutOfRangeException)
        {
            throw new FormatException($"This is no drawing: {trouble.Message.TrimEnd('.')}. Give {{\"strokes\": [[[x, y], …], …]}} with width, height and brush.", trouble);
        }
    }

    /// <summary>Gives the drawing as text that <see cref="Parse"/> reads.</summary>
    public string ToJson() => new JsonObject
    {
        ["width"] = Width,
        ["height"] = Height,
        ["brush"] = Brush,
        ["strokes"] = new JsonArray([.. Strokes.Select(stroke => new JsonArray([.. stroke.Select(point => new JsonArray(point.X, point.Y))]))]),
    }.ToJsonString();

    /// <summary>Makes an MNIST image of it.</summary>
    /// <param name="fit">How it is brought into 28 × 28 pixels; default as MNIST was made.</param>
    /// <param name="label">The digit it shows, 0 to 9; default −1, not known.</param>
    public MnistImage ToImage(DigitFit fit = DigitFit.CentreOfMass, int label = -1) => new(DigitPreprocessing.Render(this, fit), label);

    private static double Coordinate(JsonNode? point, int index) =>
        point!.AsArray()[index]!.GetValue<double>() is var value && double.IsFinite(value) ? value : throw new FormatException("a point is not finite");

    private static double Size(JsonObject? drawing, string name, double usual) =>
        drawing?[name]?.GetValue<double>() is not { } value ? usual
            : double.IsFinite(value) && value > 0 ? value : throw new FormatException($"{name} must be above 0");
}
