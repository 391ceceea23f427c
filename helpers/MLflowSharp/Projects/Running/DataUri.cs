using System.Text.RegularExpressions;

namespace MLflowSharp.Projects.Running;

/// <summary>Tells paths from URIs as Python's <c>urllib.parse.urlparse</c> does.</summary>
internal static partial class DataUri
{
    /// <summary>Whether a text begins with a scheme.</summary>
    public static bool HasScheme(string text) => SchemePattern().IsMatch(text);

    /// <summary>The local path that a text names; null when it names something elsewhere.</summary>
    public static string? LocalPath(string text)
    {
        // One letter before the colon is a Windows drive.
        if (!HasScheme(text) || (text.Length > 1 && text[1] == ':' && OperatingSystem.IsWindows()))
            return text;
        return text.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length == 0
            ? uri.LocalPath
            : null;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.\-]*:")]
    private static partial Regex SchemePattern();
}
