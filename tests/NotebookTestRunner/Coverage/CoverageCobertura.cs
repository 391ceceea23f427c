using System.Globalization;
using System.Xml.Linq;

namespace NotebookTestRunner.Coverage;

/// <summary>What notebooks run of libraries, as build services and editors read it: Cobertura's XML (https://cobertura.github.io/cobertura/, coverage-04.dtd).</summary>
public static class CoverageCobertura
{
    /// <summary>Builds the text. How often a line ran is how many notebooks ran it; the pieces of a line are its conditions.</summary>
    /// <param name="coverage">What ran.</param>
    /// <param name="at">When.</param>
    /// <param name="root">Files below this folder are named relative to it.</param>
    public static string Create(NotebookCoverage coverage, DateTimeOffset at, string? root = null)
    {
        ArgumentNullException.ThrowIfNull(coverage);
        var files = coverage.Files();
        var report = new XElement("coverage", Rates([.. files.SelectMany(file => file.Lines)]), new XAttribute("version", "1"), new XAttribute("timestamp", at.ToUnixTimeSeconds()),
            new XElement("sources", new XElement("source", root ?? "")),
            new XElement("packages", files.GroupBy(file => file.Origin).Select(origin =>
                new XElement("package", new XAttribute("name", origin.Key), Rates([.. origin.SelectMany(file => file.Lines)]),
                    new XElement("classes", origin.Select(file => Class(file, root)))))));
        return $"{new XDeclaration("1.0", "utf-8", null)}\n{report}\n";
    }

    private static XElement Class(SourceFile file, string? root) => new("class",
        new XAttribute("name", Path.GetFileNameWithoutExtension(file.Path)), new XAttribute("filename", file.PathFrom(root)), Rates(file.Lines),
        new XElement("methods"),
        new XElement("lines", file.Lines.Select(Line)));

    private static XElement Line(SourceLine line) => new("line",
        new XAttribute("number", line.Number), new XAttribute("hits", line.Notebooks), new XAttribute("branch", line.Parts > 1),
        line.Parts > 1 ? new XAttribute("condition-coverage", string.Create(CultureInfo.InvariantCulture, $"{100 * line.RanParts / line.Parts}% ({line.RanParts}/{line.Parts})")) : null);

    private static XAttribute[] Rates(IReadOnlyList<SourceLine> lines)
    {
        var branches = lines.Where(line => line.Parts > 1).ToList();
        var (ran, parts, ranParts) = (lines.Count(line => line.Ran), branches.Sum(line => line.Parts), branches.Sum(line => line.RanParts));
        return
        [
            new("line-rate", Rate(ran, lines.Count)), new("branch-rate", Rate(ranParts, parts)), new("lines-covered", ran), new("lines-valid", lines.Count),
            new("branches-covered", ranParts), new("branches-valid", parts), new("complexity", 0),
        ];
    }

    private static string Rate(int part, int all) => (all == 0 ? 1 : (double)part / all).ToString("0.####", CultureInfo.InvariantCulture);
}
