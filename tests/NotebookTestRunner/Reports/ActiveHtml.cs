using System.Text.RegularExpressions;

namespace NotebookTestRunner.Reports;

/// <summary>
/// Tells HTML that only shows something from HTML that would act: run scripts, load or embed other pages, or break out of its
/// frame in the report. The page's content security policy forbids scripts and the network anyway; such HTML would show nothing
/// or spoil the page, so it is not put there.
/// </summary>
internal static partial class ActiveHtml
{
    /// <summary>Whether HTML acts, or does not end where it seems to.</summary>
    public static bool IsIn(string html) => Acts(html) || !HtmlShape.IsClosed(html);

    /// <summary>Whether HTML holds an element that acts.</summary>
    public static bool Acts(string html) => Active().IsMatch(html);

    [GeneratedRegex(@"<\s*/?\s*(?:script|iframe|object|embed|form|meta|base|link|template|frameset|portal|body|html|head|plaintext|xmp|listing|noscript|noembed|noframes|textarea|title|select|math|applet|dialog)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Active();
}
