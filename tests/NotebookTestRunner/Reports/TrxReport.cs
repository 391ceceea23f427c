using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace NotebookTestRunner.Reports;

/// <summary>
/// A TRX file, as Visual Studio, <c>dotnet test</c>'s readers and Azure DevOps know it (the schema <c>vstst.xsd</c> of Visual Studio): each code cell is
/// a unit test of the class that is its notebook. Identifiers are derived from names, so that the same cell has the same one in every run.
/// </summary>
public static class TrxReport
{
    private static readonly XNamespace Team = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    // Both are fixed by Visual Studio: "a unit test", and "results that are in no list".
    private const string UnitTest = "13cdc9d9-ddb5-4fa4-a97d-d965ccfc6d4b";
    private const string NoList = "8c84fa94-04c1-424b-9868-57a2d4851a1d";
    private const string AllLoaded = "19431567-8539-422a-85d7-44ee4e166bda";

    /// <summary>Builds the document.</summary>
    /// <param name="results">The notebooks, in the order to show them.</param>
    /// <param name="name">What to call the run.</param>
    /// <param name="computer">The machine it ran on; by default this one.</param>
    public static XDocument Create(IReadOnlyList<NotebookResult> results, string name = "Notebook report", string? computer = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        computer ??= Environment.MachineName;
        var tests = results.Zip(ReportNames.Of(results), TestCase.AllOf).SelectMany(cases => cases).ToList();
        var start = results.Select(result => result.StartedAt).Where(time => time != default).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Min();
        var finish = results.Select(result => result.StartedAt + result.Duration).Append(start).Max();
        return new XDocument(new XElement(Team + "TestRun",
            new XAttribute("id", Id("run", name, Time(start))), new XAttribute("name", PlainReportText.Clean(name)),
            new XElement(Team + "Times", Times(start, finish)),
            new XElement(Team + "TestSettings", new XAttribute("name", "default"), new XAttribute("id", Id("settings"))),
            new XElement(Team + "Results", tests.Select(test => Result(test, computer))),
            new XElement(Team + "TestDefinitions", tests.Select(Definition)),
            new XElement(Team + "TestEntries", tests.Select(test => new XElement(Team + "TestEntry",
                new XAttribute("testId", TestId(test)), new XAttribute("executionId", ExecutionId(test)), new XAttribute("testListId", NoList)))),
            new XElement(Team + "TestLists",
                new XElement(Team + "TestList", new XAttribute("name", "Results Not in a List"), new XAttribute("id", NoList)),
                new XElement(Team + "TestList", new XAttribute("name", "All Loaded Results"), new XAttribute("id", AllLoaded))),
            Summary(tests)));
    }

    /// <summary>Writes the document to a file, in one step.</summary>
    /// <exception cref="NotebookRunException">The file cannot be written.</exception>
    public static Task WriteAsync(string path, IReadOnlyList<NotebookResult> results, string name = "Notebook report", CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{Create(results, name)}\n", "TRX report", cancellationToken);

    private static XElement Result(TestCase test, string computer) => new(Team + "UnitTestResult",
        new XAttribute("executionId", ExecutionId(test)), new XAttribute("testId", TestId(test)), new XAttribute("testName", $"{test.Notebook} › {test.Name}"),
        new XAttribute("computerName", computer), new XAttribute("duration", test.Duration.ToString(@"hh\:mm\:ss\.fffffff", CultureInfo.InvariantCulture)),
        new XAttribute("startTime", Time(test.StartedAt)), new XAttribute("endTime", Time(test.StartedAt + test.Duration)),
        new XAttribute("testType", UnitTest), new XAttribute("outcome", Outcome(test.Outcome)), new XAttribute("testListId", NoList),
        new XAttribute("relativeResultsDirectory", ExecutionId(test)),
        test.Printed.Length + test.Message.Length == 0 ? null : new XElement(Team + "Output",
            test.Printed.Length == 0 ? null : new XElement(Team + "StdOut", test.Printed),
            test.Message.Length == 0 ? null : new XElement(Team + "ErrorInfo", new XElement(Team + "Message", test.Message))));

    private static XElement Definition(TestCase test) => new(Team + "UnitTest",
        new XAttribute("name", $"{test.Notebook} › {test.Name}"), new XAttribute("storage", test.Path), new XAttribute("id", TestId(test)),
        new XElement(Team + "Execution", new XAttribute("id", ExecutionId(test))),
        new XElement(Team + "TestMethod",
            new XAttribute("codeBase", test.Path), new XAttribute("adapterTypeName", "executor://notebooktestrunner/v1"),
            new XAttribute("className", test.Notebook), new XAttribute("name", test.Name)));

    private static XElement Summary(List<TestCase> tests)
    {
        int Count(params TestOutcome[] outcomes) => tests.Count(test => outcomes.Contains(test.Outcome));
        var failed = Count(TestOutcome.Failed, TestOutcome.Error);
        (string Name, int Value)[] counters =
        [
            ("total", tests.Count), ("executed", tests.Count - Count(TestOutcome.Skipped)), ("passed", Count(TestOutcome.Passed)), ("failed", failed),
            ("error", 0), ("timeout", 0), ("aborted", 0), ("inconclusive", 0), ("passedButRunAborted", 0), ("notRunnable", 0),
            ("notExecuted", Count(TestOutcome.Skipped)), ("disconnected", 0), ("warning", 0), ("completed", 0), ("inProgress", 0), ("pending", 0),
        ];
        return new XElement(Team + "ResultSummary", new XAttribute("outcome", failed > 0 ? "Failed" : "Completed"),
            new XElement(Team + "Counters", counters.Select(counter => new XAttribute(counter.Name, counter.Value))));
    }

    private static string Outcome(TestOutcome outcome) => outcome switch
    {
        TestOutcome.Passed => "Passed",
        TestOutcome.Skipped => "NotExecuted",
        _ => "Failed",
    };

    private static XAttribute[] Times(DateTimeOffset start, DateTimeOffset finish) =>
        [new("creation", Time(start)), new("queuing", Time(start)), new("start", Time(start)), new("finish", Time(finish))];

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);

    private static string TestId(TestCase test) => Id("test", test.Path, test.Key);

    private static string ExecutionId(TestCase test) => Id("execution", test.Path, test.Key, Time(test.StartedAt));

    // Only to have the same name each time; nothing is kept secret by it.
    private static string Id(params string[] parts) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 16)).ToString();
}
