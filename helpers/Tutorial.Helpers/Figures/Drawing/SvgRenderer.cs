using System.Globalization;
using System.Text;
using System.Xml;

namespace Tutorial.Helpers.Drawing;

/// <summary>
/// Writes a canvas as SVG 1.1 (https://www.w3.org/TR/SVG11/): plain text that is the same on every machine, as it depends on no installed font,
/// with title and description for screen readers.
/// </summary>
internal static class SvgRenderer
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    public static string Render(Canvas canvas)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("svg", Namespace);
            Attributes(xml, ("width", canvas.Width), ("height", canvas.Height));
            Attributes(xml, ("viewBox", $"0 0 {Number(canvas.Width)} {Number(canvas.Height)}"), ("role", "img"));
            Attributes(xml, ("font-family", "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"));
            xml.WriteElementString("title", Namespace, canvas.Title);
            xml.WriteElementString("desc", Namespace, canvas.Description);
            Write(xml, new Box(0, 0, canvas.Width, canvas.Height, Palette.Paper));
            foreach (var shape in canvas.Shapes)
                Write(xml, shape);
            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private static void Write(XmlWriter xml, Shape shape)
    {
        switch (shape)
        {
            case Polyline line:
                xml.WriteStartElement("polyline", Namespace);
                Attributes(xml, ("points", string.Join(' ', line.Points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))));
                Attributes(xml, ("fill", "none"), ("stroke", line.Stroke), ("stroke-width", Number(line.Width)), ("stroke-linejoin", "round"));
                if (line.Dashes is not null)
                    Attributes(xml, ("stroke-dasharray", string.Join(' ', line.Dashes.Select(dash => Number(dash)))));
                break;
            case Box box:
                xml.WriteStartElement("rect", Namespace);
                Attributes(xml, ("x", box.X), ("y", box.Y), ("width", box.Width), ("height", box.Height));
                Attributes(xml, ("fill", box.Fill));
                Hint(xml, box.Hint);
                break;
            case Disc disc:
                xml.WriteStartElement("circle", Namespace);
                Attributes(xml, ("cx", disc.Centre.X), ("cy", disc.Centre.Y), ("r", disc.Radius));
                Attributes(xml, ("fill", disc.Fill));
                if (disc.Stroke is not null)
                    Attributes(xml, ("stroke", disc.Stroke));
                Hint(xml, disc.Hint);
                break;
            case Label label:
                xml.WriteStartElement("text", Namespace);
                Attributes(xml, ("x", label.At.X), ("y", label.At.Y), ("font-size", label.Size));
                Attributes(xml, ("fill", label.Fill), ("text-anchor", label.Anchor switch { Anchor.Start => "start", Anchor.End => "end", _ => "middle" }));
                if (label.Bold)
                    Attributes(xml, ("font-weight", "600"));
                if (label.Vertical)
                    Attributes(xml, ("transform", $"rotate(-90 {Number(label.At.X)} {Number(label.At.Y)})"));
                xml.WriteString(label.Text);
                break;
            case Picture picture:
                xml.WriteStartElement("image", Namespace);
                Attributes(xml, ("x", picture.X), ("y", picture.Y), ("width", picture.Width), ("height", picture.Height));
                Attributes(xml, ("style", "image-rendering:pixelated"), ("href", "data:image/png;base64," + Convert.ToBase64String(picture.Png)));
                break;
            default:
                throw new InvalidOperationException($"{shape.GetType().Name} has no SVG form.");
        }

        xml.WriteEndElement();
    }

    private static void Hint(XmlWriter xml, string? hint)
    {
        if (hint is not null)
            xml.WriteElementString("title", Namespace, hint);
    }

    private static void Attributes(XmlWriter xml, params ReadOnlySpan<(string Name, double Value)> attributes)
    {
        foreach (var (name, value) in attributes)
            xml.WriteAttributeString(name, Number(value));
    }

    private static void Attributes(XmlWriter xml, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach (var (name, value) in attributes)
            xml.WriteAttributeString(name, value);
    }

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}
