using System.Text.RegularExpressions;

namespace NotebookTestRunner.Reports;

/// <summary>
/// Tells HTML that only shows something from HTML that would act: run scripts, load or embed other pages, or break out of its
/// frame in the report. The page's content security policy forbids scripts and the network anyway; such HTML would show nothing
/// or spoil the page, so it is not put there.
/// </summary>
internal static partial class ActiveHtml
{
    public static bool IsIn(string html) => Active().IsMatch(html);

    [GeneratedRegex(@"<\s*/?\s*(?:script|iframe|object|embed|form|meta|base|link|template|frameset|portal|body|html)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Active();
}
