using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace MLflowSharp.Validation;

/// <summary>Which names metrics, parameters and tags may have: those that are also safe as relative file names.</summary>
internal static class KeyRules
{
    private const int MaxKeyLength = 250;

    /// <summary>Refuses a name MLflow would refuse.</summary>
    /// <param name="key">The name.</param>
    /// <param name="path">Where it stands in the call, for instance <c>params[3].key</c>.</param>
    /// <param name="what">What MLflow calls it when it is too long; null for its path.</param>
    public static void Check(string? key, string path, string? what = null)
    {
        if (key is null)
            throw MlflowException.Invalid($"Missing value for required parameter '{path}'. A key name must be provided.");
        if (!HasOnlyAllowedCharacters(key))
        {
            throw Bad(key, path, "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( )"
                + (OperatingSystem.IsWindows() ? "" : ", colon(:)") + " and slashes (/).");
        }

        CheckPath(key, path);
        if (TextLimit.Exceeds(key, MaxKeyLength))
            throw MlflowException.Invalid($"'{what ?? path}' exceeds the maximum length of {MaxKeyLength} characters: '{TextLimit.Take(key, 40)}…'");
    }

    /// <summary>Whether a name is one that MLflow takes.</summary>
    public static bool Allows(string key) =>
        HasOnlyAllowedCharacters(key) && NormalizePosixPath(key) == key && key is not "." && !key.StartsWith("..", StringComparison.Ordinal) && !key.StartsWith('/') && !TextLimit.Exceeds(key, MaxKeyLength);

    /// <summary>Refuses a name that would be another, or no file, when used as a file's name.</summary>
    public static void CheckPath(string key, string path)
    {
        var normalized = NormalizePosixPath(key);
        if (normalized != key || key is "." || key.StartsWith("..", StringComparison.Ordinal) || key.StartsWith('/'))
        {
            throw Bad(key, path, "Names may be treated as files in certain cases, and must not resolve to other names when treated as such. "
                + $"This name would resolve to '{normalized}'");
        }
    }

    /// <summary>A value as JSON, as MLflow shows it in its messages.</summary>
    public static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    private static MlflowException Bad(string key, string path, string why) =>
        MlflowException.Invalid($"Invalid value {Quote(key)} for parameter '{path}' supplied: {why}");

    private static bool HasOnlyAllowedCharacters(string key)
    {
        foreach (var rune in key.EnumerateRunes())
        {
            var allowed = Rune.IsLetter(rune)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
                || "/_.- ".Contains((char)rune.Value, StringComparison.Ordinal) && rune.IsAscii
                || rune.Value == ':' && !OperatingSystem.IsWindows();
            if (!allowed)
                return false;
        }

        return true;
    }

    /// <summary>Python's <c>posixpath.normpath</c>.</summary>
    private static string NormalizePosixPath(string path)
    {
        if (path.Length == 0)
            return ".";
        // POSIX gives exactly two leading slashes a meaning of their own, so they stay.
        var slashes = path.StartsWith('/') ? path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("///", StringComparison.Ordinal) ? 2 : 1 : 0;
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part != ".." || (slashes == 0 && parts.Count == 0) || (parts.Count > 0 && parts[^1] == ".."))
                parts.Add(part);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
        }

        var normalized = new string('/', slashes) + string.Join('/', parts);
        return normalized.Length == 0 ? "." : normalized;
    }
}
