using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NotebookTestRunner.Comparison;

namespace NotebookTestRunner.Reports;

/// <summary>
/// A JUnit XML file, as continuous-integration services read it: a <c>testsuite</c> for each notebook, a <c>testcase</c> for
/// each code cell. A notebook that failed as a whole (unreadable, no kernel) has a test case of its own named "notebook".
/// </summary>
public static class JUnitReport
{
    /// <summary>Builds the document.</summary>
    public static XDocument Create(IReadOnlyList<NotebookResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var suites = results.Select(Suite).ToList();
        return new XDocument(new XElement("testsuites", Totals(suites), Seconds(results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Duration)), suites));
    }

    /// <summary>Writes the document to a file, in one step, so that a crash leaves the one before.</summary>
    /// <exception cref="NotebookRunException">The file cannot be written.</exception>
    public static Task WriteAsync(string path, IReadOnlyList<NotebookResult> results, CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{Create(results)}\n", "JUnit report", cancellationToken);

    private static XElement Suite(NotebookResult result)
    {
        var name = Path.GetFileNameWithoutExtension(result.Path);
        var cases = result.Cells.Select(cell => Case(name, cell)).ToList();
        if (result.Message is { } message)
            cases.Add(Case(name, "notebook", TimeSpan.Zero, Outcome(result.Cancelled ? "skipped" : "error", message)));

        var suite = new XElement("testsuite", new XAttribute("name", name), Seconds(result.Duration));
        if (result.StartedAt != default)
            suite.Add(new XAttribute("timestamp", result.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)));
        suite.Add(new XAttribute("file", result.Path), cases);
        suite.Add(Totals([suite]));
        return suite;
    }

    private static XElement Case(string notebook, CellResult cell) =>
        Case(notebook, $"cell {cell.Number}: {Clean(cell.FirstLine)}", cell.Duration, cell.Verdict switch
        {
            Verdict.Failed => Outcome("failure", cell.Message ?? "failed"),
            Verdict.Skipped or Verdict.NotRun => Outcome("skipped", cell.Message ?? "not executed"),
            _ when cell.ComparisonNotes.Count > 0 => new XElement("system-out", Clean(string.Join('\n', cell.ComparisonNotes))),
            _ => null,
        });

    private static XElement Case(string notebook, string name, TimeSpan duration, XElement? outcome) =>
        new("testcase", new XAttribute("classname", notebook), new XAttribute("name", name), Seconds(duration), outcome);

    private static XElement Outcome(string kind, string message)
    {
        var text = Clean(message);
        return new XElement(kind, new XAttribute("message", text.Split('\n')[0]), kind == "skipped" ? null : text);
    }

    private static XAttribute[] Totals(IReadOnlyList<XElement> suites) =>
    [
        new("tests", suites.SelectMany(suite => suite.Elements("testcase")).Count()),
        new("failures", suites.SelectMany(suite => suite.Elements("testcase")).Count(test => test.Element("failure") is not null)),
        new("errors", suites.SelectMany(suite => suite.Elements("testcase")).Count(test => test.Element("error") is not null)),
        new("skipped", suites.SelectMany(suite => suite.Elements("testcase")).Count(test => test.Element("skipped") is not null)),
    ];

    private static XAttribute Seconds(TimeSpan duration) => new("time", duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));

    /// <summary>Colours make no sense in XML, and control characters are not allowed there (XML 1.0, 2.2).</summary>
    private static string Clean(string text)
    {
        var plain = Normalizer.WithoutColours(text);
        var clean = new StringBuilder(plain.Length);
        foreach (var rune in plain.EnumerateRunes())
        {
            if (rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value)) clean.Append(rune);
        }
        return clean.ToString();
    }
}
