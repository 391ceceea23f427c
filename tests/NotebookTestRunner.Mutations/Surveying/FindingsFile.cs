using System.Globalization;
using System.Text;
using NotebookTestRunner.Mutations.Seeding;

namespace NotebookTestRunner.Mutations.Surveying;

/// <summary>Findings as a file: a line for each, with tabs between its parts.</summary>
internal static class FindingsFile
{
    private const string Heading = "outcome\ttest\tquick\ttried in\tfile\tmember\tkind\tnth\tcode";

    /// <summary>Reads findings; none where there is no file.</summary>
    /// <exception cref="InvalidDataException">A line is not understood.</exception>
    public static IReadOnlyList<Finding> Read(string path) => File.Exists(path) ? [.. File.ReadLines(path).Skip(1).Select((line, index) => Parse(line) ?? throw Unclear(path, index + 2))] : [];

    /// <summary>Writes findings, in the order of their places.</summary>
    public static void Write(string path, IEnumerable<Finding> findings)
    {
        var text = new StringBuilder(Heading).Append('\n');
        foreach (var finding in findings.OrderBy(finding => finding.Place.File, StringComparer.Ordinal).ThenBy(finding => PlaceLine(finding.Place), StringComparer.Ordinal))
            text.Append(Line(finding)).Append('\n');
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ToString());
    }

    /// <summary>One finding as a line.</summary>
    public static string Line(Finding finding) => $"{finding.Outcome}\t{finding.Test}\t{(finding.IsQuick ? "quick" : "")}\t{finding.Code}\t{PlaceLine(finding.Place)}";

    /// <summary>A line's finding; null when it has none.</summary>
    public static Finding? Parse(string line) =>
        line.Split('\t') is [var outcome, var test, var quick, var code, .. var place] && Enum.TryParse<Outcome>(outcome, out var known) && ParsePlace(place) is { } at
            ? new Finding(at, known, test.Length > 0 ? test : null, quick.Length > 0, code)
            : null;

    /// <summary>A place as parts of a line.</summary>
    public static FaultPlace? ParsePlace(string[] parts) =>
        parts is [var file, var member, var kind, var nth, var code] && int.TryParse(nth, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new FaultPlace(file, member, kind, number, code)
            : null;

    /// <summary>A place as a part of a line.</summary>
    public static string PlaceLine(FaultPlace place) => string.Create(CultureInfo.InvariantCulture, $"{place.File}\t{place.Member}\t{place.Kind}\t{place.Nth}\t{place.Code}");

    private static InvalidDataException Unclear(string path, int line) =>
        new($"{path}, line {line}: is no finding. Its parts, with tabs between, are: {Heading.Replace('\t', ' ')}. Write the file anew with 'dotnet run --project tests/NotebookTestRunner.Mutations -- --write'.");
}
