using System.Net;
using System.Text.RegularExpressions;

namespace CSharpKernel.Display;

/// <summary>Makes readable text of HTML, for those who cannot see it.</summary>
internal static partial class HtmlText
{
    /// <summary>The words of a piece of HTML, without tags, scripts and styles.</summary>
    public static string Strip(string html)
    {
        var text = HiddenElements().Replace(html, "");
        text = BlockEnds().Replace(text, "\n");
        text = WebUtility.HtmlDecode(Tags().Replace(text, ""));
        return EmptyLines().Replace(text, "\n").Trim();
    }

    /// <summary>Text in which nothing is taken for a tag.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    [GeneratedRegex("<(script|style)\\b.*?</\\1>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex HiddenElements();

    [GeneratedRegex("<br\\s*/?>|</(p|div|tr|li|h[1-6]|table|ul|ol|pre)>", RegexOptions.IgnoreCase)]
    private static partial Regex BlockEnds();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\n\\s*\\n+")]
    private static partial Regex EmptyLines();
}
