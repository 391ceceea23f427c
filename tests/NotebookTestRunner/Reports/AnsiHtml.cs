using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace NotebookTestRunner.Reports;

/// <summary>Turns text with ANSI colours (ECMA-48 SGR) into HTML.</summary>
internal static partial class AnsiHtml
{
    private static readonly string[] Names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

    public static string Render(string text)
    {
        var html = new StringBuilder();
        var style = new Style();
        var start = 0;
        foreach (Match escape in Escapes().Matches(text))
        {
            Append(html, text[start..escape.Index], style);
            if (escape.Groups["sgr"].Success) style = Next(style, escape.Groups["sgr"].Value);
            start = escape.Index + escape.Length;
        }
        Append(html, text[start..], style);
        return html.ToString();
    }

    private static void Append(StringBuilder html, string text, Style style)
    {
        if (text.Length == 0) return;
        var encoded = WebUtility.HtmlEncode(text);
        if (style == new Style()) html.Append(encoded);
        else html.Append(CultureInfo.InvariantCulture, $"<span{style.Attributes()}>{encoded}</span>");
    }

    private static Style Next(Style style, string codes)
    {
        var numbers = codes.Split(';').Select(code => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            switch (numbers[i])
            {
                case 0: style = new Style(); break;
                case 1: style = style with { Bold = true }; break;
                case 22: style = style with { Bold = false }; break;
                case 3: style = style with { Italic = true }; break;
                case 23: style = style with { Italic = false }; break;
                case 4: style = style with { Underline = true }; break;
                case 24: style = style with { Underline = false }; break;
                case >= 30 and <= 37 and var n: style = style with { Colour = Names[n - 30], Rgb = null }; break;
                case >= 90 and <= 97 and var n: style = style with { Colour = Names[n - 90], Rgb = null }; break;
                case 39: style = style with { Colour = null, Rgb = null }; break;
                case 38 when i + 2 < numbers.Length && numbers[i + 1] == 5:
                    style = Palette(style, numbers[i + 2]);
                    i += 2;
                    break;
                case 38 when i + 4 < numbers.Length && numbers[i + 1] == 2:
                    style = style with { Colour = null, Rgb = $"{numbers[i + 2]},{numbers[i + 3]},{numbers[i + 4]}" };
                    i += 4;
                    break;
                // Backgrounds are left to the page, which must be readable in light and in dark; their parameters are stepped over.
                case 48 when i + 1 < numbers.Length:
                    i += numbers[i + 1] == 5 ? 2 : 4;
                    break;
            }
        }
        return style;
    }

    /// <summary>The 256-colour palette of xterm: 16 named colours, a cube of 6 × 6 × 6, 24 greys.</summary>
    private static Style Palette(Style style, int index)
    {
        if (index < 16) return style with { Colour = Names[index % 8], Rgb = null };
        if (index >= 232)
        {
            var grey = 8 + (10 * (index - 232));
            return style with { Colour = null, Rgb = $"{grey},{grey},{grey}" };
        }
        int Level(int step) => step == 0 ? 0 : 55 + (40 * step);
        var cube = index - 16;
        return style with { Colour = null, Rgb = $"{Level(cube / 36)},{Level(cube / 6 % 6)},{Level(cube % 6)}" };
    }

    [GeneratedRegex(@"\x1b\[(?:(?<sgr>[0-9;]*)m|[0-9;?]*[A-Za-ln-z])")]
    private static partial Regex Escapes();

    private readonly record struct Style(bool Bold, bool Italic, bool Underline, string? Colour, string? Rgb)
    {
        public string Attributes()
        {
            var classes = new List<string>();
            if (Bold) classes.Add("ansi-bold");
            if (Italic) classes.Add("ansi-italic");
            if (Underline) classes.Add("ansi-underline");
            if (Colour is not null) classes.Add("ansi-" + Colour);
            return (classes.Count > 0 ? $" class=\"{string.Join(' ', classes)}\"" : "") + (Rgb is null ? "" : $" style=\"color:rgb({Rgb})\"");
        }
    }
}
