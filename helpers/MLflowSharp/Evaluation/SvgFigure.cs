using System.Globalization;
using System.Net;
using System.Text;

namespace MLflowSharp;

/// <summary>A figure that is drawn as SVG, which MLflow's pages show.</summary>
internal abstract class SvgFigure : IFigure
{
    public IReadOnlyCollection<string> Extensions => [".svg"];

    public void Write(string extension, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        destination.Write(Encoding.UTF8.GetBytes(Draw()));
    }

    public abstract string Draw();

    protected static StringBuilder Begin(int width, int height, string title) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">\n")
        .Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n")
        .Append(CultureInfo.InvariantCulture, $"<text x=\"{width / 2}\" y=\"20\" font-size=\"14\" text-anchor=\"middle\">{WebUtility.HtmlEncode(title)}</text>\n");

    protected static void Text(StringBuilder svg, double x, double y, string text, string anchor = "middle", string fill = "black", string more = "") =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"{fill}\"{more}>{WebUtility.HtmlEncode(text)}</text>\n");
}
