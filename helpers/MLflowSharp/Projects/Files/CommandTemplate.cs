using System.Text;
using System.Text.RegularExpressions;

namespace MLflowSharp.Projects.Files;

/// <summary>Fills the braces of a command as Python's <c>str.format</c> does (https://docs.python.org/3/library/string.html#format-string-syntax).</summary>
internal static partial class CommandTemplate
{
    /// <summary>The command with its values in place.</summary>
    /// <param name="template">The command.</param>
    /// <param name="values">What stands for each name.</param>
    /// <param name="place">Where the command stands, for messages.</param>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values, string place)
    {
        var filled = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                filled.Append(c);
                i++;
                continue;
            }

            if (c == '}')
                throw Refuse("there is a single '}'", "Write }} for a brace that the program is to get.");
            if (c != '{')
            {
                filled.Append(c);
                continue;
            }

            var end = template.IndexOf('}', i);
            if (end < 0)
                throw Refuse("a '{' is not closed", "Close it, or write {{ for a brace that the program is to get.");
            var name = template[(i + 1)..end];
            if (values.TryGetValue(WithoutConversion().Replace(name, ""), out var value))
                filled.Append(value);
            else
                throw Refuse($"{{{name}}} names no declared parameter ({(values.Count == 0 ? "there are none" : string.Join(", ", values.Keys))})", "Declare it under parameters, or write {{ and }} for braces that the program is to get.");
            i = end;
        }

        return filled.ToString();

        MlflowException Refuse(string what, string next) => MlflowException.Invalid($"{(place.Length > 0 ? $"{place}: in" : "In")} the command `{template.Trim()}` {what}. {next}");
    }

    // {name!s} is the same for text; other conversions and formats have no use in a command.
    [GeneratedRegex(@"(?:!s)?:?\z")]
    private static partial Regex WithoutConversion();
}
