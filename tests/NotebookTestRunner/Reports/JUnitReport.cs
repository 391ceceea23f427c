using System.Globalization;
using System.Xml.Linq;

namespace NotebookTestRunner.Reports;

/// <summary>
/// A JUnit XML file, as continuous-integration services read it (the schema is Jenkins' <c>junit-10.xsd</c>): a <c>testsuite</c> for each notebook, a
/// <c>testcase</c> for each code cell. A notebook that failed as a whole (unreadable, no kernel) has a test case of its own named "notebook".
/// </summary>
public static class JUnitReport
{
    /// <summary>Builds the document.</summary>
    public static XDocument Create(IReadOnlyList<NotebookResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var suites = results.Zip(ReportNames.Of(results), Suite).ToList();
        var total = results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Duration);
        return new XDocument(new XElement("testsuites", Totals(suites.Elements("testcase")), Seconds(total), suites));
    }

    /// <summary>Writes the document to a file, in one step, so that a crash leaves the one before.</summary>
    /// <exception cref="NotebookRunException">The file cannot be written.</exception>
    public static Task WriteAsync(string path, IReadOnlyList<NotebookResult> results, CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{Create(results)}\n", "JUnit report", cancellationToken);

    private static XElement Suite(NotebookResult result, string name)
    {
        var cases = TestCase.AllOf(result, name).Select(Case).ToList();
        var suite = new XElement("testsuite", new XAttribute("name", PlainReportText.Clean(name)), Totals(cases), new XAttribute("skipped", cases.Elements("skipped").Count()), Seconds(result.Duration));
        if (result.StartedAt != default)
            suite.Add(new XAttribute("timestamp", result.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)));
        suite.Add(new XAttribute("file", result.Path), Properties(result), cases);
        return suite;
    }

    private static XElement Properties(NotebookResult result) => new("properties",
        new (string Name, string? Value)[]
        {
            ("kernel", result.KernelName),
            ("language", result.Notebook?.Language),
            ("peak-memory-megabytes", result.PeakMemory is { } peak ? (peak / 1e6).ToString("0", CultureInfo.InvariantCulture) : null),
            ("previous-seconds", result.PreviousDuration?.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture)),
        }.Where(property => property.Value is not null).Select(property =>
            new XElement("property", new XAttribute("name", property.Name), new XAttribute("value", PlainReportText.Clean(property.Value!)))));

    private static XElement Case(TestCase test) => new("testcase",
        new XAttribute("classname", test.Notebook), new XAttribute("name", test.Name), Seconds(test.Duration),
        test.Outcome switch
        {
            TestOutcome.Failed => Outcome("failure", test.Message),
            TestOutcome.Error => Outcome("error", test.Message),
            TestOutcome.Skipped => Outcome("skipped", test.Message),
            _ => null,
        },
        test.Printed.Length == 0 ? null : new XElement("system-out", test.Printed));

    private static XElement Outcome(string kind, string message) =>
        new(kind, new XAttribute("message", message.Split('\n')[0]), kind == "skipped" ? null : message);

    private static XAttribute[] Totals(IEnumerable<XElement> cases) =>
    [
        new("tests", cases.Count()),
        new("failures", cases.Elements("failure").Count()),
        new("errors", cases.Elements("error").Count()),
    ];

    private static XAttribute Seconds(TimeSpan duration) => new("time", duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
}
