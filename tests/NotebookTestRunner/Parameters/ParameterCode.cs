using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NotebookTestRunner.Parameters;

/// <summary>Reads and writes assignments in the languages of kernels.</summary>
internal static partial class ParameterCode
{
    private static readonly string[] WholeNumbers = ["int", "long", "short", "byte", "uint", "ulong", "nint", "Int32", "Int64"];

    /// <summary>The variables that the statements of a cell declare or assign.</summary>
    public static IEnumerable<NotebookParameter> Declarations(string source) =>
        Statements(source).Select(statement => Declaration().Match(statement)).Where(match => match.Success)
            .Select(match => new NotebookParameter(
                match.Groups["name"].Value,
                match.Groups["type"] is { Success: true, Value: not ("var" or "let") } type ? type.Value.TrimEnd('?') : match.Groups["hint"] is { Success: true } hint ? hint.Value : null,
                match.Groups["value"].Value));

    /// <summary>The parts of code that line ends and semicolons separate, without comments.</summary>
    private static IEnumerable<string> Statements(string source)
    {
        var statement = new StringBuilder();
        char? quote = null;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (quote is not null && c == '\\' && i + 1 < source.Length) statement.Append(c).Append(source[++i]);
            else if (c is '\n' || (quote is null && c is ';' or '#') || (quote is null && c == '/' && i + 1 < source.Length && source[i + 1] == '/'))
            {
                yield return statement.ToString().Trim();
                statement.Clear();
                quote = null;
                if (c is '#' or '/') i = source.IndexOf('\n', i) is var end and >= 0 ? end : source.Length;
            }
            else
            {
                if (quote is null && c is '"' or '\'') quote = c;
                else if (c == quote) quote = null;
                statement.Append(c);
            }
        }
        yield return statement.ToString().Trim();
    }

    /// <summary>A line that gives a variable a value.</summary>
    /// <param name="declared">What the notebook says of it; null where it has no cell for parameters.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value as typed.</param>
    /// <param name="language">The kernel's language.</param>
    public static string Assignment(NotebookParameter? declared, string name, string value, string language) => language.ToLowerInvariant() switch
    {
        // Assigned where it is declared, so that the compiler holds it to its type and functions of that cell see it.
        "c#" or "csharp" => $"{(declared is null ? "var " : "")}{name} = {CSharp(declared, name, value)};",
        "f#" or "fsharp" => $"let {name} = {Literal(declared, value, "true", "false", "null", quoted: Quoted)}",
        "python" or "ipython" => $"{name} = {Literal(declared, value, "True", "False", "None", quoted: Quoted)}",
        "r" => $"{name} = {Literal(declared, value, "TRUE", "FALSE", "NULL", quoted: Quoted)}",
        "julia" => $"{name} = {Literal(declared, value, "true", "false", "nothing", quoted: text => Quoted(text).Replace("$", "\\$", StringComparison.Ordinal))}",
        "javascript" or "typescript" => $"{(declared is null ? "var " : "")}{name} = {Literal(declared, value, "true", "false", "null", quoted: Quoted)};",
        "powershell" or "pwsh" => $"${name} = {Literal(declared, value, "$true", "$false", "$null", quoted: text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'")}",
        _ => throw new NotebookRunException($"Parameters cannot be set in the language '{language}': only in C#, F#, Python, R, Julia, JavaScript and PowerShell. Leave out -p for this notebook."),
    };

    private static string CSharp(NotebookParameter? declared, string name, string value)
    {
        var type = declared?.Type ?? (declared is null ? null : Guess(declared.Default));
        return type switch
        {
            "string" or "String" => Quoted(value),
            "char" when value.Length == 1 => $"'{(value is "'" or "\\" ? "\\" : "")}{value}'",
            "bool" or "Boolean" when bool.TryParse(value, out var truth) => truth ? "true" : "false",
            "double" or "Double" when NotebookParameters.IsNumber(value) => $"{value}d",
            "float" or "Single" when NotebookParameters.IsNumber(value) => $"{value}f",
            "decimal" when NotebookParameters.IsNumber(value) => $"{value}m",
            { } whole when WholeNumbers.Contains(whole) && IsWhole(value) => value,
            "DateTime" or "DateOnly" or "TimeOnly" or "DateTimeOffset" or "TimeSpan" => $"{type}.Parse({Quoted(value)}, System.Globalization.CultureInfo.InvariantCulture)",
            "Guid" or "Uri" => $"new {type}({Quoted(value)})",
            "char" or "bool" or "Boolean" or "double" or "Double" or "float" or "Single" or "decimal" => throw NotOfType(),
            { } whole when WholeNumbers.Contains(whole) => throw NotOfType(),
            null => Literal(null, value, "true", "false", "null", Quoted),
            // A type of the notebook's own, such as an enum: the value is code, which the compiler judges.
            _ => value,
        };

        NotebookRunException NotOfType() => new($"The parameter '{name}' is a {type}, and '{value}' is none: give a value of that type.");
    }

    /// <summary>The type of a C# literal.</summary>
    private static string? Guess(string literal)
    {
        var text = literal.TrimEnd(';', ' ');
        return text switch
        {
            _ when text.StartsWith('"') || text.StartsWith("@\"", StringComparison.Ordinal) || text.StartsWith("$\"", StringComparison.Ordinal) => "string",
            _ when text.StartsWith('\'') => "char",
            "true" or "false" => "bool",
            _ when IsWhole(text) => "int",
            _ when text.EndsWith('f') && NotebookParameters.IsNumber(text[..^1]) => "float",
            _ when text.EndsWith('m') && NotebookParameters.IsNumber(text[..^1]) => "decimal",
            _ when NotebookParameters.IsNumber(text) || NotebookParameters.IsNumber(text.TrimEnd('d')) => "double",
            _ => null,
        };
    }

    /// <summary>A literal by what the value looks like, or text where the default is text.</summary>
    private static string Literal(NotebookParameter? declared, string value, string yes, string no, string nothing, Func<string, string> quoted) => value switch
    {
        _ when declared is { Default: [('"' or '\''), ..] } or { Type: "str" or "string" } => quoted(value),
        _ when value.Equals("true", StringComparison.OrdinalIgnoreCase) => yes,
        _ when value.Equals("false", StringComparison.OrdinalIgnoreCase) => no,
        "None" or "null" => nothing,
        _ when NotebookParameters.IsNumber(value) && !value.StartsWith('.') => value,
        _ => quoted(value),
    };

    private static bool IsWhole(string text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static string Quoted(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => literal.Append('\\').Append(c),
                '\n' => literal.Append("\\n"),
                '\r' => literal.Append("\\r"),
                '\t' => literal.Append("\\t"),
                < ' ' => literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => literal.Append(c),
            };
        }
        return literal.Append('"').ToString();
    }

    [GeneratedRegex(@"^(?:(?:public|private|static|readonly|let|mutable)\s+)*(?:(?<type>[A-Za-z_][\w.<>\[\]]*\??)\s+)?\$?(?<name>[\p{L}_]\w*)\s*(?::\s*(?<hint>[\w.\[\]]+)\s*)?(?:=|<-)(?!=)\s*(?<value>.+)$")]
    private static partial Regex Declaration();
}
