using System.Net;

namespace CSharpKernel.Display;

/// <summary>Writes single values as HTML.</summary>
internal static class ScalarHtml
{
    private const string Documentation = "https://learn.microsoft.com/dotnet/api/";
    private static readonly string[] Linked = ["http", "https", "ftp", "mailto"];

    /// <summary>Writes a value that is shown by itself.</summary>
    public static string Write(object? value, string nullText) => value switch
    {
        Type or Uri => $"<span>{WriteInside(value, nullText)}</span>",
        DateTime or DateTimeOffset or TimeSpan or Enum => $"<span>{WriteInside(value, nullText)}</span>",
        Exception exception => WriteException(exception),
        _ => HtmlFormatter.Preformatted(ScalarText.TryWrite(value, nullText)!),
    };

    /// <summary>Writes a value that stands in a table or beside others.</summary>
    public static string WriteInside(object? value, string nullText)
    {
        var text = WebUtility.HtmlEncode(ScalarText.TryWrite(value, nullText)!);
        return value switch
        {
            Type type when DocumentationOf(type) is { } address => $"<a href=\"{address}\">{text}</a>",
            Uri { IsAbsoluteUri: true } uri when Linked.Contains(uri.Scheme) => $"<a href=\"{WebUtility.HtmlEncode(uri.AbsoluteUri)}\">{text}</a>",
            _ => text.Contains('\n', StringComparison.Ordinal) ? $"<pre>{text}</pre>" : text,
        };
    }

    private static string WriteException(Exception exception)
    {
        var rows = ExceptionText.Members(exception).Select(member =>
            $"<tr><td>{WebUtility.HtmlEncode(member.Name)}</td><td>{(ScalarText.Is(member.Value) ? WriteInside(member.Value, "<null>") : WebUtility.HtmlEncode(member.Value!.ToString()))}</td></tr>");
        var summary = WebUtility.HtmlEncode($"{TypeNames.Full(exception.GetType())}: {exception.Message}");
        return $"<details open=\"open\" class=\"dni-treeview\"><summary><span class=\"dni-code-hint\"><code>{summary}</code></span></summary><table><tbody>{string.Concat(rows)}</tbody></table></details>";
    }

    private static string? DocumentationOf(Type type)
    {
        if (type.Namespace is not { } space || (space != "System" && !space.StartsWith("System.", StringComparison.Ordinal)))
            return null;
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition.HasElementType || definition.IsGenericParameter || definition.FullName is not { } name)
            return null;
        return Documentation + WebUtility.HtmlEncode(name.Replace('`', '-').Replace('+', '.').ToLowerInvariant());
    }
}
