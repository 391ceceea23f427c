using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MLflowSharp;
using Tutorial.Helpers.Drawing;

namespace Tutorial.Helpers;

/// <summary>
/// A figure of the course. A notebook shows it in the best form its front end knows (Plotly, Vega-Lite, SVG, or words), all of them offline;
/// <see cref="Mlflow.LogFigure"/> saves it as a run's artifact.
/// </summary>
public abstract class Figure : IFigure
{
    private protected Figure(string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        Title = title;
    }

    /// <summary>The heading.</summary>
    public string Title { get; }

    /// <summary>What the figure shows, in words: for screen readers, for terminals and for anyone who cannot see it.</summary>
    public abstract string Description { get; }

    /// <summary>The figure as an SVG picture. It depends on no installed font and is the same on every machine.</summary>
    public string ToSvg() => SvgRenderer.Render(Draw());

    /// <summary>The figure as a PNG picture of twice the SVG's size.</summary>
    /// <exception cref="InvalidOperationException">No font is installed on this machine to write the figure's text with.</exception>
    public byte[] ToPng() => PngRenderer.Render(Draw());

    /// <summary>
    /// All forms by MIME type, of which a front end shows the richest it knows: strings for text, byte arrays for pictures,
    /// <see cref="JsonNode"/> for JSON.
    /// </summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle()
    {
        var bundle = new Dictionary<string, object>();
        if (ToPlotly() is { } plotly)
            bundle["application/vnd.plotly.v1+json"] = plotly;
        if (ToVegaLite() is { } vegaLite)
            bundle["application/vnd.vegalite.v5+json"] = vegaLite;
        bundle["image/svg+xml"] = ToSvg();
        bundle["text/plain"] = Description;
        return bundle;
    }

    /// <summary>The file endings that <see cref="Write"/> knows: <c>.svg</c>, <c>.png</c>, <c>.html</c>, and for charts <c>.json</c> (Plotly's form).</summary>
    public IReadOnlyCollection<string> Extensions => ToPlotly() is null ? [".svg", ".png", ".html"] : [".svg", ".png", ".html", ".json"];

    /// <summary>Writes the figure as a file of one of the <see cref="Extensions"/>.</summary>
    /// <param name="extension">For example <c>.svg</c>, in lower or upper case.</param>
    /// <param name="destination">Where to write; it is left open.</param>
    /// <exception cref="NotSupportedException">The figure has no such form; nothing was written.</exception>
    public void Write(string extension, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(destination);
        destination.Write(extension.ToLowerInvariant() switch
        {
            ".svg" => Encoding.UTF8.GetBytes(ToSvg()),
            ".png" => ToPng(),
            ".html" => Encoding.UTF8.GetBytes(ToHtml()),
            ".json" when ToPlotly() is { } plotly => Encoding.UTF8.GetBytes(plotly.ToJsonString()),
            _ => throw new NotSupportedException(
                $"The figure '{Title}' cannot be written as '{extension}'. Use one of {string.Join(", ", Extensions)}."),
        });
    }

    private string ToHtml()
    {
        var title = WebUtility.HtmlEncode(Title);
        return $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title><style>svg {{ max-width: 100%; height: auto; }}</style></head><body>\n{ToSvg()}\n</body></html>\n";
    }

    /// <summary>The description.</summary>
    public override string ToString() => Description;

    private protected abstract Canvas Draw();

    /// <summary>The chart for Plotly, or null for a picture that is not a chart.</summary>
    private protected virtual JsonObject? ToPlotly() => null;

    /// <summary>The chart for Vega-Lite, or null for a picture that is not a chart.</summary>
    private protected virtual JsonObject? ToVegaLite() => null;
}
