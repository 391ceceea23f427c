using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CSharpKernel.Display;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>
/// An area to draw on with mouse, finger or pen. It is made of Jupyter's own controls, an output area with a canvas and a text box that is not
/// seen, through which the canvas sends what is drawn: so it works wherever those do, behind a proxy and without a network.
/// </summary>
public sealed class Sketchpad : Box
{
    private readonly Output _page;
    private readonly Textarea _wire;
    private readonly WidgetProperty<JsonArray> _strokes;
    private readonly double _brush;
    private string _value = "";

    /// <summary>Creates an empty one.</summary>
    /// <param name="brush">Width of the pen in pixels of the canvas, which has 280 × 280; above 0.</param>
    /// <param name="description">What it is called, for readers who do not see it and for notebooks played without one.</param>
    public Sketchpad(double brush = 20, string description = "Drawing area")
        : this(new Output(), new Textarea(), brush, description)
    {
    }

    private Sketchpad(Output page, Textarea wire, double brush, string description)
        : base("VBox", [page, wire])
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(brush);
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        (_page, _wire, _brush) = (page, wire, brush);
        Description.Value = description;
        // Beside others in a row it would be cut.
        Layout = new Layout { MinWidth = string.Create(CultureInfo.InvariantCulture, $"{Side + 16}px") };
        // A simulated reader draws on the box itself; pages send through the text.
        _strokes = Property("strokes", [], StateCodecs.JsonOfPage);
        _strokes.Changed += strokes => Take(new JsonObject { ["width"] = Side, ["height"] = Side, ["brush"] = _brush, ["strokes"] = strokes.DeepClone() }.ToJsonString());
        _wire.CssClasses = [$"sketchpad-{ModelId}"];
        _wire.Layout = new Layout { Display = "none" };
        _wire.Changed += Take;
        _page.Change(log => log.AddDisplay(DisplayBundle.OfHtml(PageText(ModelId, _brush, description), $"{description}: draw here."), ModelId, update: false));
    }

    /// <summary>The drawing has changed: about as often as a screen shows a picture, while something is drawn. It gets <see cref="Value"/>.</summary>
    public event Action<string>? Changed;

    /// <summary>Width and height of the canvas in pixels: 280.</summary>
    public static int Side => 280;

    /// <summary>
    /// The drawing as JSON, <c>{"width": 280, "height": 280, "brush": 20, "strokes": [[[x, y], …], …]}</c>; empty before the first stroke. It is
    /// what the page sent: whoever reads it sees to it that it is whole.
    /// </summary>
    public string Value
    {
        get
        {
            lock (Gate)
                return _value;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Description.Value} with {Strokes().Count} strokes");

    internal override IEnumerable<Widget> Parts => [.. base.Parts, _page, _wire];

    /// <summary>What is seen where there is no kernel: the drawing.</summary>
    internal override string ToHtml()
    {
        var svg = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Side / 2}\" height=\"{Side / 2}\" viewBox=\"0 0 {Side} {Side}\" role=\"img\" aria-label=\"{HtmlText.Encode(Description.Value)}\"><rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#fff\" stroke=\"#ccd\"/>"));
        foreach (var stroke in Strokes())
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', stroke.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point[0]},{point[1]}")))}\" fill=\"none\" stroke=\"#16161d\" stroke-width=\"{_brush}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>");
        return svg.Append("</svg>").ToString();
    }

    private void Take(string drawing)
    {
        lock (Gate)
        {
            if (_value == drawing)
                return;
            _value = drawing;
        }

        Changed?.Invoke(drawing);
    }

    /// <summary>The strokes, as far as the page sent any.</summary>
    private List<double[][]> Strokes()
    {
        try
        {
            return Value.Length == 0 ? [] : JsonNode.Parse(Value)?["strokes"].Deserialize<List<double[][]>>()?.FindAll(stroke => Array.TrueForAll(stroke, point => point is [_, _])) ?? [];
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    internal static string PageText(string id, double brush, string description) => $$"""
        <div data-sketchpad="{{id}}" style="font-family: var(--jp-ui-font-family, system-ui, sans-serif)">
        <canvas width="{{Side}}" height="{{Side}}" role="img" aria-label="{{HtmlText.Encode(description)}}" style="width: {{Side}}px; height: {{Side}}px; border: 2px solid #99a; border-radius: 10px; background: #fff; cursor: crosshair; display: block"></canvas>
        <div style="margin-top: 6px"><button type="button" data-do="clear">Clear</button> <button type="button" data-do="undo">Undo</button> <span data-note style="color: #b00"></span></div>
        </div>
        <script>
        (() => {
        {{Script()}}
          const wire = () => document.querySelector(".sketchpad-{{id}} textarea");
          function send(root, drawing) {
            const box = wire();
            root.querySelector("[data-note]").textContent = box ? "" : "Run the cell again: the kernel does not hear this drawing.";
            if (!box) return;
            box.value = JSON.stringify(drawing);
            box.dispatchEvent(new Event("input", { bubbles: true }));
          }
          for (const root of document.querySelectorAll('[data-sketchpad="{{id}}"]:not([data-ready])')) {
            root.dataset.ready = "yes";
            const pad = createPad(root.querySelector("canvas"), {{brush.ToString(CultureInfo.InvariantCulture)}}, drawing => send(root, drawing));
            for (const button of root.querySelectorAll("button")) button.onclick = () => pad[button.dataset.do]();
          }
        })();
        </script>
        """;

    private static string Script()
    {
        using var reader = new StreamReader(typeof(Sketchpad).Assembly.GetManifestResourceStream("pad.js")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
