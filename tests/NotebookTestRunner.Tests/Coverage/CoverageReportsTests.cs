using System.Text.Json.Nodes;
using System.Xml.Linq;
using NotebookTestRunner.Coverage;

namespace NotebookTestRunner.Tests.Coverage;

/// <summary>What is written of the same coverage for people, editors, services and programs.</summary>
public sealed class CoverageReportsTests
{
    private static readonly string Root = Path.GetFullPath("/sample");

    [Fact]
    public void People_read_shares_what_did_not_run_and_what_no_notebook_calls()
    {
        Assert.Equal("""
            | Assembly | Lines | Ran | Share | of these in part | Public methods | Called by a notebook | Share |
            |---|---:|---:|---:|---:|---:|---:|---:|
            | Some | 6 | 2 | 33 % | 1 | 3 | 1 | 33 % |

            | Notebook | Lines that it runs |
            |---|---:|
            | a.ipynb | 1 |
            | b.ipynb | 2 |
            | c.ipynb | none: its kernel loaded nothing that counts |

            ## Some

            | File | Lines | Ran | Share | Not run |
            |---|---:|---:|---:|---|
            | Sums.cs | 3 | 2 | 67 % | 6 |
            | deep/Series.cs | 3 | 0 | 0 % | 2–7 |

            Not called:

            - `Some.Outer.Inner`: `Skip`, `Take`

            """, CoverageMarkdown.Create(SampleCoverage.Of(Root), Root).Split("\n\n", 3)[2]);
    }

    [Fact]
    public void Of_python_modules_it_is_said_which_lines_did_not_run()
    {
        var coverage = new NotebookCoverage();
        coverage.Add([new PythonModuleLines(Path.Combine(Root, "a", "sums.py"), [1, 2, 4, 10], [3, 7, 8, 9, 11]), new PythonModuleLines(Path.GetFullPath("/elsewhere/all.py"), [1], [])]);

        Assert.Equal(
            "# What the notebooks run of Python modules\n\n| Module | Lines | Ran | Share | Not run |\n|---|---:|---:|---:|---|\n| a/sums.py | 9 | 4 | 44 % | 3, 7–9, 11 |\n| /elsewhere/all.py | 1 | 1 | 100 % |  |\n",
            CoverageMarkdown.Create(coverage, Root));
    }

    [Fact]
    public void Editors_read_how_many_notebooks_ran_each_line() => Assert.Equal(
        "SF:Sums.cs\nDA:3,2\nDA:4,1\nDA:6,0\nLF:3\nLH:2\nend_of_record\nSF:deep/Series.cs\nDA:2,0\nDA:3,0\nDA:7,0\nLF:3\nLH:0\nend_of_record\n",
        CoverageLcov.Create(SampleCoverage.Of(Root), Root));

    [Fact]
    public void Build_services_read_rates_and_lines_that_ran_in_part()
    {
        var text = CoverageCobertura.Create(SampleCoverage.Of(Root), DateTimeOffset.UnixEpoch.AddSeconds(7), Root);

        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<coverage line-rate=\"0.3333\" branch-rate=\"0.5\" lines-covered=\"2\" lines-valid=\"6\" branches-covered=\"1\" branches-valid=\"2\" complexity=\"0\" version=\"1\" timestamp=\"7\">", text, StringComparison.Ordinal);
        var report = XDocument.Parse(text);
        Assert.Equal(Root, report.Descendants("source").Single().Value);
        Assert.Equal("Some", report.Descendants("package").Single().Attribute("name")!.Value);
        var sums = report.Descendants("class").First();
        Assert.Equal(("Sums", "Sums.cs", "0.6667", "0.5"), (sums.Attribute("name")!.Value, sums.Attribute("filename")!.Value, sums.Attribute("line-rate")!.Value, sums.Attribute("branch-rate")!.Value));
        Assert.Equal(
            ["""<line number="3" hits="2" branch="false" />""", """<line number="4" hits="1" branch="true" condition-coverage="50% (1/2)" />""", """<line number="6" hits="0" branch="false" />"""],
            sums.Descendants("line").Select(line => line.ToString()));
        Assert.Equal("deep/Series.cs", report.Descendants("class").Last().Attribute("filename")!.Value);
    }

    [Fact]
    public void Programs_read_which_notebook_ran_what()
    {
        var report = JsonNode.Parse(CoverageJson.Create(SampleCoverage.Of(Root), Root))!;

        Assert.Equal("""{"origin":"Some","path":"Sums.cs","lines":[{"number":3,"parts":1,"ranParts":1,"notebooks":2},{"number":4,"parts":2,"ranParts":1,"notebooks":1},{"number":6,"parts":1,"ranParts":0,"notebooks":0}]}""", report["files"]![0]!.ToJsonString());
        Assert.Equal(
            """[{"path":"a.ipynb","counted":true,"files":[{"path":"Sums.cs","lines":[3]}]},{"path":"b.ipynb","counted":true,"files":[{"path":"Sums.cs","lines":[3,4]}]},{"path":"c.ipynb","counted":false,"files":[]}]""",
            report["notebooks"]!.ToJsonString());
    }
}
