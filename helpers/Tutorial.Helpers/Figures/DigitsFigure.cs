using System.Text.Json.Nodes;
using Tutorial.Helpers.Drawing;

namespace Tutorial.Helpers;

/// <summary>Digits in a grid. There is no Plotly form: as a heat map it would be 784 numbers per digit, some 80 kB for twenty of them.</summary>
internal sealed class DigitsFigure : Figure
{
    private const int Margin = 12, Heading = 36, Cell = 62, CellHeight = 82, Enlarged = 56;

    private readonly IReadOnlyList<MnistImage> _images;
    private readonly IReadOnlyList<string> _labels;
    private readonly int _columns;

    public DigitsFigure(IReadOnlyList<MnistImage> images, IReadOnlyList<string>? labels, int columns, string? title)
        : base(title ?? (images.Count == 1 ? "A handwritten digit" : FormattableString.Invariant($"{images.Count} handwritten digits")))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (images.Count == 0)
            throw new ArgumentException("A figure of digits needs at least one image.", nameof(images));
        if (labels is not null && labels.Count != images.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"There are {images.Count} images but {labels.Count} labels; give one label per image."), nameof(labels));
        }

        _images = images;
        _labels = labels ?? [.. images.Select(image => FormattableString.Invariant($"{image.Label}"))];
        _columns = Math.Min(columns, images.Count);
    }

    public override string Description
    {
        get
        {
            var rows = _labels.Chunk(_columns).Select(row => string.Join(", ", row)).ToArray();
            return FormattableString.Invariant($"Digits '{Title}', white on black, in {rows.Length} row(s) of up to {_columns}, labelled {string.Join(" / ", rows)}.");
        }
    }

    private int Rows => (_images.Count + _columns - 1) / _columns;

    // Wide enough for the heading also above few digits.
    private double Width => Math.Max((2 * Margin) + (_columns * Cell), (2 * Margin) + (Title.Length * 9));

    private double Height => Heading + (Rows * CellHeight) + Margin;

    private protected override Canvas Draw()
    {
        var canvas = new Canvas(Width, Height, Title, Description);
        canvas.Add(new Label(new Point(Width / 2, 24), Title, Size: 16, Bold: true));
        for (var index = 0; index < _images.Count; index++)
        {
            var corner = Corner(index);
            canvas.Add(new Picture(corner.X, corner.Y, Enlarged, Enlarged, Png(_images[index])));
            canvas.Add(new Label(new Point(corner.X + (Enlarged / 2.0), corner.Y + Enlarged + 15), _labels[index], Size: 13));
        }

        return canvas;
    }

    private protected override JsonObject ToVegaLite()
    {
        var rows = new JsonArray();
        for (var index = 0; index < _images.Count; index++)
        {
            var corner = Corner(index);
            rows.Add(new JsonObject
            {
                ["x"] = corner.X + (Enlarged / 2.0),
                ["y"] = corner.Y - Heading + (Enlarged / 2.0),
                ["label"] = _labels[index],
                ["url"] = "data:image/png;base64," + Convert.ToBase64String(Png(_images[index])),
            });
        }

        var specification = VegaLite.Chart(Title, Description, rows);
        (specification["width"], specification["height"]) = (Width, Height - Heading);
        specification["view"] = new JsonObject { ["stroke"] = null };
        specification["encoding"] = new JsonObject { ["x"] = Pixels("x", Width), ["y"] = Pixels("y", Height - Heading) };
        specification["layer"] = new JsonArray(
            new JsonObject
            {
                ["mark"] = new JsonObject { ["type"] = "image", ["width"] = Enlarged, ["height"] = Enlarged, ["smooth"] = false, ["aria"] = false },
                ["encoding"] = new JsonObject { ["url"] = new JsonObject { ["field"] = "url", ["type"] = "nominal" } },
            },
            new JsonObject
            {
                ["mark"] = new JsonObject { ["type"] = "text", ["dy"] = (Enlarged / 2) + 11, ["fontSize"] = 13 },
                ["encoding"] = new JsonObject { ["text"] = new JsonObject { ["field"] = "label", ["type"] = "nominal" } },
            });
        return specification;
    }

    private Point Corner(int index) => new(
        ((Width - (_columns * Cell)) / 2) + (index % _columns * Cell) + ((Cell - Enlarged) / 2.0),
        Heading + (index / _columns * CellHeight));

    /// <summary>A channel in the view's own pixels, downwards for y as on the canvas.</summary>
    private static JsonObject Pixels(string field, double length) => new()
    {
        ["field"] = field,
        ["type"] = "quantitative",
        ["axis"] = null,
        ["scale"] = new JsonObject { ["domain"] = new JsonArray(0, length), ["nice"] = false, ["reverse"] = field == "y" },
    };

    private static byte[] Png(MnistImage image) => PngRenderer.Encode(image.Pixels.ToArray(), MnistImage.Side, MnistImage.Side);
}
