using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace MLflowSharp.Server.LightPages.Writing;

/// <summary>
/// HTML written as an interpolated string: <c>Html row = $"&lt;td&gt;{name}&lt;/td&gt;"</c>. The compiler separates what the program says from what it
/// puts in, and everything that is put in is encoded unless it is HTML itself, so that no name can become a tag. Attributes stand in double quotes.
/// </summary>
[InterpolatedStringHandler]
internal sealed class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text;

    public Html(int literalLength, int formattedCount) => _text = new(literalLength + (formattedCount * 24));

    private Html(StringBuilder text) => _text = text;

    public static Html Empty { get; } = new(new StringBuilder());

    /// <summary>What is HTML already, because a program that can be trusted made it.</summary>
    public static Html Trusted(string html) => new(new StringBuilder(html));

    /// <summary>A part that is there only sometimes.</summary>
    public static Html If(bool condition, Func<Html> part) => condition ? part() : Empty;

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted(object? value, string? format = null)
    {
        switch (value)
        {
            case null:
                break;
            case Html html:
                _text.Append(html._text);
                break;
            case IEnumerable<Html> parts:
                foreach (var part in parts)
                    _text.Append(part._text);
                break;
            case IFormattable formattable:
                _text.Append(Encoder.Encode(formattable.ToString(format, CultureInfo.InvariantCulture)));
                break;
            default:
                _text.Append(Encoder.Encode(value.ToString() ?? ""));
                break;
        }
    }

    public override string ToString() => _text.ToString();
}
