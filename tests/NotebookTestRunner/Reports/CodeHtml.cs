using System.Net;
using ColorCode;

namespace NotebookTestRunner.Reports;

/// <summary>Colours source code by classes, so that the page's style sheet decides the colours in light and in dark.</summary>
internal static class CodeHtml
{
    public static string Render(string code, string? language)
    {
        // A formatter keeps the writer of its last call, so it is not shared.
        var html = FindLanguage(language) is { } known ? new HtmlClassFormatter().GetHtmlString(code, known) : null;
        return html is null ? $"<div class=\"code\"><pre>{WebUtility.HtmlEncode(code)}</pre></div>" : $"<div class=\"code\">{html}</div>";
    }

    private static ILanguage? FindLanguage(string? name) => name?.ToLowerInvariant() switch
    {
        "c#" or "csharp" or "cs" => Languages.CSharp,
        "f#" or "fsharp" => Languages.FSharp,
        "python" or "ipython" => Languages.Python,
        "javascript" or "js" => Languages.JavaScript,
        "typescript" => Languages.Typescript,
        "sql" => Languages.Sql,
        "powershell" or "pwsh" => Languages.PowerShell,
        "html" => Languages.Html,
        "xml" => Languages.Xml,
        "json" => Languages.JavaScript,
        "java" => Languages.Java,
        "c++" or "cpp" => Languages.Cpp,
        _ => null,
    };
}
