using System.Text.RegularExpressions;

namespace NotebookTestRunner.Comparison.Html;

/// <summary>
/// Numbers the parts of ids and classes that look made up (GUIDs, hexadecimal digits, long numbers, the prefix of pandas' styles)
/// in the order they first appear, so that two pages are equal that differ in nothing else, while what refers to what still counts.
/// </summary>
internal sealed partial class GeneratedIds
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>Takes the value of an <c>id</c> or <c>class</c>.</summary>
    public void Collect(string value)
    {
        foreach (Match part in MadeUp().Matches(value))
        {
            if (!names.ContainsKey(part.Value)) names[part.Value] = $"generated-{names.Count + 1}";
        }
    }

    /// <summary>The text with every part that was made up replaced by its number, wherever it is used.</summary>
    public string Replace(string text) => names.Count == 0 ? text : Word().Replace(text, word => names.GetValueOrDefault(word.Value, word.Value));

    [GeneratedRegex("""
        (?<![0-9A-Za-z])(?:
            [0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}    # a GUID
          | (?<=(?<![0-9A-Za-z])T_)[0-9a-f]{5}                      # pandas' Styler
          | [0-9a-fA-F]{32}
          | (?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{5,}        # hexadecimal
          | p(?=[0-9a-f]*[0-9])[0-9a-f]{10}                         # matplotlib's clip paths
          | [0-9]{4,}
          | (?=(?:[A-Za-z]*[0-9]){2})(?=[0-9]*[A-Za-z])[0-9A-Za-z]{8,}
        )(?![0-9A-Za-z])
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex MadeUp();

    [GeneratedRegex("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![0-9A-Za-z])|[0-9A-Za-z]+")]
    private static partial Regex Word();
}
