using System.Globalization;
using System.Xml.Linq;
using NotebookTestRunner.Reports;

namespace NotebookTestRunner.Tests.Reports;

/// <summary>The structure that readers of TRX rely on: identifiers that lead from results to definitions and entries, counters that add up.</summary>
public sealed class TrxReportTests : IDisposable
{
    private static readonly XNamespace Team = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_parts_come_in_the_order_of_the_schema() =>
        Assert.Equal(["Times", "TestSettings", "Results", "TestDefinitions", "TestEntries", "TestLists", "ResultSummary"], Create().Elements().Select(part => part.Name.LocalName));

    [Fact]
    public void Each_result_has_a_definition_and_an_entry()
    {
        var run = Create();
        var results = run.Descendants(Team + "UnitTestResult").ToList();
        var definitions = run.Descendants(Team + "UnitTest").ToDictionary(test => (string)test.Attribute("id")!);
        var lists = run.Descendants(Team + "TestList").Select(list => (string)list.Attribute("id")!).ToList();

        Assert.Equal(8, results.Count);
        Assert.All(results, result =>
        {
            var definition = definitions[(string)result.Attribute("testId")!];
            Assert.Equal((string)result.Attribute("executionId")!, (string)definition.Element(Team + "Execution")!.Attribute("id")!);
            Assert.Equal((string)result.Attribute("testName")!, (string)definition.Attribute("name")!);
            Assert.Contains((string)result.Attribute("testListId")!, lists);
            Assert.Contains(run.Descendants(Team + "TestEntry"), entry => (string)entry.Attribute("executionId")! == (string)result.Attribute("executionId")!);
            Assert.True(Guid.TryParse((string)result.Attribute("executionId")!, out _));
            Assert.True(TimeSpan.TryParse((string)result.Attribute("duration")!, CultureInfo.InvariantCulture, out _));
            Assert.True((DateTimeOffset)result.Attribute("endTime")! >= (DateTimeOffset)result.Attribute("startTime")!);
        });
    }

    [Fact]
    public void Outcomes_are_those_the_schema_knows_and_the_counters_add_up()
    {
        var run = Create();
        var outcomes = run.Descendants(Team + "UnitTestResult").Select(result => (string)result.Attribute("outcome")!).ToList();
        var counters = run.Descendants(Team + "Counters").Single();
        int Counter(string name) => (int)counters.Attribute(name)!;

        Assert.Equal(["Passed", "Failed", "NotExecuted", "NotExecuted", "Failed", "Passed", "Failed", "NotExecuted"], outcomes);
        Assert.Equal((8, 5, 2, 3, 3), (Counter("total"), Counter("executed"), Counter("passed"), Counter("failed"), Counter("notExecuted")));
        Assert.Equal("Failed", (string)run.Element(Team + "ResultSummary")!.Attribute("outcome")!);
    }

    [Fact]
    public void Notebooks_of_the_same_name_are_told_apart_and_messages_are_whole()
    {
        var run = Create();

        Assert.Equal(["a/lesson", "b/lesson", "other"], run.Descendants(Team + "TestMethod").Select(method => (string)method.Attribute("className")!).Distinct());
        Assert.Contains("at line 1, red", run.Descendants(Team + "Message").First().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_is_xml_whatever_the_text_and_tests_keep_their_identifiers()
    {
        await TrxReport.WriteAsync(folder.File("r.trx"), ReportSample.Results(folder.File("x")), cancellationToken: TestContext.Current.CancellationToken);

        var read = XDocument.Load(folder.File("r.trx")).Root!;

        Assert.Equal(Create().Descendants(Team + "UnitTest").Attributes("id").Select(id => id.Value), read.Descendants(Team + "UnitTest").Attributes("id").Select(id => id.Value));
    }

    [Fact]
    public void No_notebooks_are_an_empty_run() => Assert.Equal("Completed", (string)TrxReport.Create([]).Root!.Element(Team + "ResultSummary")!.Attribute("outcome")!);

    private XElement Create() => TrxReport.Create(ReportSample.Results(folder.File("x")), computer: "here").Root!;
}
