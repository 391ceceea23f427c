using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace CSharpKernel.Display;

/// <summary>
/// Writes values as HTML: a table for rows, a list of members for an object, and folds for what lies inside. The elements bring
/// no styles: front ends style tables and folds themselves, light and dark. The classes are those of .NET Interactive, for
/// notebooks that style them.
/// </summary>
internal sealed class HtmlFormatter(DisplayFormatter formatter)
{
    /// <summary>Text as it is, in a fixed pitch.</summary>
    public static string Preformatted(string text) => $"<div class=\"dni-plaintext\"><pre>{WebUtility.HtmlEncode(text)}</pre></div>";

    /// <summary>The HTML of a value that is HTML.</summary>
    public static string WriteContent(IHtmlContent content)
    {
        using var writer = new StringWriter();
        content.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }

    /// <summary>Writes any value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="depth">How deep in another value it lies.</param>
    public string Write(object? value, int depth)
    {
        // What most cells end in needs no more than this.
        if (value is null || ScalarText.IsType(value.GetType()))
            return ScalarHtml.Write(value, formatter.NullString);
        var html = new StringBuilder();
        new HtmlWriting(formatter, html).Write(value, depth);
        return html.ToString();
    }
}
