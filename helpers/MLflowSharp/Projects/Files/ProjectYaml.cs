using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MLflowSharp.Projects.Files;

/// <summary>Reads a file's YAML, and says of what is none what most likely happened.</summary>
internal static partial class ProjectYaml
{
    /// <summary>The file's map.</summary>
    /// <exception cref="MlflowException">It is not YAML, or more than one document, or empty.</exception>
    public static ProjectNode Read(string text, string path)
    {
        var lines = text.Split('\n');
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw Explain(error, lines, path);
        }

        // PyYAML takes no tab for an indent; the parser here lets some pass.
        if (FindTab(lines, yaml) is { } line)
            throw TabAt(line, lines, path);
        return yaml.Documents.Count switch
        {
            1 => new ProjectNode(yaml.Documents[0].RootNode, path),
            0 => throw MlflowException.Invalid($"{path} is empty. Write at least entry_points, as in docs/projects.md, or remove the file and run a script by its name."),
            _ => throw new ProjectNode(yaml.Documents[1].RootNode, path).Refuse("there is a second document", "Keep one, without the lines `---`."),
        };
    }

    private static MlflowException Explain(YamlException error, string[] lines, string path)
    {
        // The parser may notice on a later line what went wrong before, and names the beginning of what it was reading.
        if (Array.FindIndex(lines, line => TabIndent().IsMatch(line)) is var tab and >= 0)
            return TabAt(tab + 1, lines, path);
        var at = (int)Math.Clamp(error.Start.Line, 1, lines.Length);
        for (var line = 1; line <= Math.Clamp(error.End.Line, at, lines.Length); line++)
        {
            if (TwoEntries().Match(lines[line - 1]) is { Success: true } two)
            {
                return MlflowException.Invalid(
                    $"{Place(line, two.Groups["second"].Index + 1)}: there are two entries on one line. Put `{two.Groups["second"].Value.Trim()}` on a line of its own, indented as it belongs, "
                    + $"or write both in braces: `{two.Groups["name"].Value}: {{type: float, default: 0.1}}`.");
            }
        }

        var duplicate = error.Message.Contains("Duplicate key", StringComparison.OrdinalIgnoreCase);
        return new MlflowException(
            $"{Place(at, error.Start.Column)}: this is not YAML ({error.Message.TrimEnd('.')}). "
            + (duplicate ? "Keep one of the two." : "Check the indent (spaces only, the same for entries that belong together), quotation marks and colons."),
            ErrorCode.InvalidParameterValue, error);

        string Place(long line, long column) => ProjectNode.PlaceOf(path, new Mark(0, line, column));
    }

    private static MlflowException TabAt(int line, string[] lines, string path) => MlflowException.Invalid(string.Create(
        CultureInfo.InvariantCulture,
        $"{path}, line {line}, column {lines[line - 1].IndexOf('\t', StringComparison.Ordinal) + 1}: there is a tab in the indent, and YAML takes only spaces. Replace it by spaces, such as two for each level."));

    /// <summary>The first line whose indent has a tab, outside of texts of several lines.</summary>
    private static int? FindTab(string[] lines, YamlStream yaml)
    {
        var texts = yaml.Documents.SelectMany(document => document.AllNodes).OfType<YamlScalarNode>().Where(node => node.End.Line > node.Start.Line).ToList();
        for (var line = 1; line <= lines.Length; line++)
        {
            if (TabIndent().IsMatch(lines[line - 1]) && !texts.Any(node => node.Start.Line < line && line <= node.End.Line))
                return line;
        }

        return null;
    }

    [GeneratedRegex(@"^ *\t\s*[^\s#]")]
    private static partial Regex TabIndent();

    // `lr: float default: 0.1`, but not a quoted text or a map in braces.
    [GeneratedRegex(@"^\s*(?<name>[\w.-]+):\s+[^\s'""{\[|>&*#][^'""{#]*?\s(?<second>[\w.-]+:(?:\s.*|))\z")]
    private static partial Regex TwoEntries();
}
