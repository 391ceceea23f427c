using System.Globalization;
using System.Text.RegularExpressions;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Parameters;

/// <summary>
/// Values for the variables of a notebook's cell tagged <c>parameters</c>, as papermill knows it
/// (https://papermill.readthedocs.io/en/latest/usage-parameterize.html): code that sets them is executed right after that cell, and where there is
/// none, before the first. In C# a value becomes what the variable is declared as.
/// </summary>
public static partial class NotebookParameters
{
    /// <summary>The tag of the cell that declares parameters and their defaults.</summary>
    public const string Tag = "parameters";

    /// <summary>Reads <c>name=value</c> of each; the last of a name counts.</summary>
    /// <exception cref="NotebookRunException">One is not of that form.</exception>
    public static IReadOnlyDictionary<string, string> Read(IEnumerable<string> assignments)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in assignments.Select(ReadOne)) values[name] = value;
        return values;
    }

    /// <summary>Reads <c>name=value</c>.</summary>
    /// <exception cref="NotebookRunException">The text is not of that form.</exception>
    public static KeyValuePair<string, string> ReadOne(string assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment.Split('=', 2) is [var name, var value] && Name().IsMatch(name)
            ? new(name, value)
            : throw new NotebookRunException($"'{assignment}' sets no parameter: write NAME=VALUE, such as epochs=3; the name is that of a variable.");
    }

    /// <summary>The cell that declares parameters: the first code cell with the tag, or null.</summary>
    internal static NotebookCell? CellOf(Notebook notebook) => notebook.CodeCells.FirstOrDefault(cell => cell.Tags.Contains(Tag));

    /// <summary>The parameters that a notebook declares, with their defaults as they stand in the code.</summary>
    public static IReadOnlyList<NotebookParameter> Declared(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return CellOf(notebook) is { } cell ? [.. ParameterCode.Declarations(cell.Source)] : [];
    }

    /// <summary>The code that sets parameters.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="path">Its path.</param>
    /// <param name="values">Their values.</param>
    /// <param name="language">The kernel's language.</param>
    /// <exception cref="NotebookRunException">The notebook declares no parameter of such a name, the value is not of its type, or the language is unknown.</exception>
    internal static string Code(Notebook notebook, string path, IReadOnlyDictionary<string, string> values, string language)
    {
        try
        {
            return Code(notebook, values, language);
        }
        catch (NotebookRunException error)
        {
            throw new NotebookRunException($"The notebook {path} cannot be run: {error.Message}", error);
        }
    }

    private static string Code(Notebook notebook, IReadOnlyDictionary<string, string> values, string language)
    {
        var declared = CellOf(notebook) is null ? null : Declared(notebook);
        foreach (var name in values.Keys)
        {
            if (declared is null || declared.Any(parameter => parameter.Name == name)) continue;
            var known = declared.Count == 0 ? "that cell declares none" : $"there are {string.Join(", ", declared.Select(parameter => parameter.Name))}";
            throw new NotebookRunException($"There is no parameter '{name}' in the cell tagged '{Tag}': {known}.");
        }
        return string.Join('\n', values.Select(pair => ParameterCode.Assignment(declared?.FirstOrDefault(parameter => parameter.Name == pair.Key), pair.Key, pair.Value, language)));
    }

    internal static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);

    [GeneratedRegex(@"^[\p{L}_]\w*$")]
    private static partial Regex Name();
}
