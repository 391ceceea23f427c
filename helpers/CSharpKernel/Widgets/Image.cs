using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A picture. Its bytes travel as they are, without being made text of.</summary>
public sealed class Image : VisibleWidget
{
    private readonly WidgetProperty<byte[]> _value;
    private readonly WidgetProperty<string> _format;
    private readonly WidgetProperty<string> _width;
    private readonly WidgetProperty<string> _height;

    /// <summary>Creates an empty picture.</summary>
    public Image()
        : base(ModelNames.Control("Image"))
    {
        _value = Property<byte[]>("value", [], StateCodecs.Bytes, check: value => ArgumentNullException.ThrowIfNull(value));
        _format = Property("format", "png", StateCodecs.Text, check: value => ArgumentException.ThrowIfNullOrWhiteSpace(value));
        _width = Property("width", "", StateCodecs.Text);
        _height = Property("height", "", StateCodecs.Text);
    }

    /// <summary>Creates a picture.</summary>
    /// <param name="value">The bytes of a file.</param>
    /// <param name="format">The file's format.</param>
    public Image(byte[] value, string format = "png")
        : this() =>
        (Value, Format) = (value, format);

    /// <summary>The bytes of the file. To show another picture set other bytes; changes within the array go unnoticed.</summary>
    public byte[] Value { get => _value.Value; set => _value.Value = value; }

    /// <summary>The file's format: <c>png</c>, <c>jpeg</c>, <c>gif</c>, <c>svg+xml</c> …; default <c>png</c>.</summary>
    public string Format { get => _format.Value; set => _format.Value = value; }

    /// <summary>The width in pixels, as text; empty for the picture's own.</summary>
    public string Width { get => _width.Value; set => _width.Value = value ?? ""; }

    /// <summary>The height in pixels, as text; empty for the picture's own.</summary>
    public string Height { get => _height.Value; set => _height.Value = value ?? ""; }

    /// <summary>Reads a picture from a file, whose ending says its format.</summary>
    /// <param name="path">The file.</param>
    public static Image FromFile(string path) => new(File.ReadAllBytes(path), Path.GetExtension(path).TrimStart('.').ToLowerInvariant() switch
    {
        "jpg" => "jpeg",
        "svg" => "svg+xml",
        "" => "png",
        var ending => ending,
    });

    /// <inheritdoc/>
    public override string ToString() => Value.Length == 0 ? "(no picture)" : $"({Format} picture)";

    internal override string ToHtml() =>
        Value.Length == 0 ? "" : $"<img src=\"data:image/{Display.HtmlText.Encode(Format)};base64,{Convert.ToBase64String(Value)}\" />";
}
