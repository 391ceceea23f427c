using System.Text.RegularExpressions;

namespace NotebookTestRunner.Checks.HiddenState;

/// <summary>The C# in a cell of the <c>.net-csharp</c> dialect: magic commands and text in other languages are blanked, lines keep their numbers.</summary>
internal static partial class CSharpSegments
{
    private static readonly HashSet<string> OtherLanguages =
        ["html", "javascript", "js", "markdown", "md", "mermaid", "sh", "bash", "pwsh", "powershell", "fsharp", "f#", "sql", "kql", "http", "value", "python", "r"];

    /// <summary>Reads a cell.</summary>
    /// <returns>The C#; names that commands define; whether a command brings in names that cannot be seen.</returns>
    public static (string Code, IReadOnlyList<string> Brought, bool IsOpen) Read(string source)
    {
        var brought = new List<string>();
        var isOpen = false;
        var isCSharp = true;
        var lines = source.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("#!", StringComparison.Ordinal))
            {
                var words = line[2..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                var command = words.FirstOrDefault() ?? "";
                if (OtherLanguages.Contains(command)) isCSharp = false;
                else if (command is "csharp" or "c#") isCSharp = true;
                isOpen |= command is "import" or "connect";
                if (command is "set" or "value" && Named().Match(line) is { Success: true } match) brought.Add(match.Groups["name"].Value);
                if (command == "share" && words.LastOrDefault() is { } last) brought.Add(Shared().Match(line) is { Success: true } renamed ? renamed.Groups["name"].Value : last);
            }
            else if (isCSharp && !line.StartsWith("#r", StringComparison.Ordinal) && !line.StartsWith("#i ", StringComparison.Ordinal))
            {
                isOpen |= line.StartsWith("#load", StringComparison.Ordinal);
                if (!line.StartsWith("#load", StringComparison.Ordinal)) continue;
            }
            lines[i] = "";
        }
        return (string.Join('\n', lines), brought, isOpen);
    }

    [GeneratedRegex(@"--name[ =]+(?<name>\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"--as[ =]+(?<name>\w+)")]
    private static partial Regex Shared();
}
