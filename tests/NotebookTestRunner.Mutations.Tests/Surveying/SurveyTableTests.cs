using NotebookTestRunner.Mutations.Seeding;
using NotebookTestRunner.Mutations.Surveying;

namespace NotebookTestRunner.Mutations.Tests.Surveying;

public sealed class SurveyTableTests
{
    private static readonly Subject Subject = new("Runner", "tests/Runner", "Runner.Tests", []);

    private static readonly Finding[] Findings =
    [
        new(Place("Result.cs", 1), Outcome.Noticed, "T.A.b", true),
        new(Place("Checks/A.cs", 1), Outcome.Noticed, "T.A.b", true),
        new(Place("Checks/A.cs", 2), Outcome.TimedOut, "T.A.c", false),
        new(Place("Checks/B.cs", 1), Outcome.Survived, null, false),
        new(Place("Checks/B.cs", 2), Outcome.Survived, null, false),
        new(Place("Checks/B.cs", 3), Outcome.NotReached, null, false),
        new(Place("Checks/C.cs", 1), Outcome.NotTried, null, false),
    ];

    [Fact]
    public void Each_folder_has_a_line_and_all_have_one()
    {
        var lines = SurveyTable.Write([(Subject, Findings)], new HashSet<FaultPlace> { Place("Checks/B.cs", 2) }).Split('\n');

        Assert.Equal("| `Runner` | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 100.0 % |", lines[2]);
        Assert.Equal("| `Runner/Checks` | 6 | 2 | 1 | 1 | 1 | 1 | 1 | 40.0 % |", lines[3]);
        Assert.Equal("| **All** | 7 | 3 | 1 | 1 | 1 | 1 | 1 | 50.0 % |", lines[4]);
    }

    [Fact]
    public void What_no_test_noticed_is_listed_and_so_is_a_fault_that_is_said_to_change_nothing()
    {
        var equivalents = new Dictionary<FaultPlace, string> { [Place("Checks/B.cs", 2)] = "sorted anyway", [Place("Checks/A.cs", 1)] = "never null" };

        var text = SurveyTable.Misses(Subject, [.. Findings.Select((finding, i) => (new Mutant(i, 10 + i, finding.Place), finding))], equivalents);

        Assert.Equal(
            """
            - said to change nothing (never null), but T.A.b notices it: take it off the list: tests/Runner/Checks/A.cs:11: negate: a == b
            - survived: tests/Runner/Checks/B.cs:13: negate: a == b
            - changes nothing (sorted anyway): tests/Runner/Checks/B.cs:14: negate: a == b
            - not reached: tests/Runner/Checks/B.cs:15: negate: a == b

            """, text);
    }

    [Fact]
    public void What_was_tried_in_other_code_than_that_which_is_there_is_told_with_its_folder()
    {
        Finding[] findings = [.. Findings.Select(finding => finding with { Code = finding.Place.File == "Checks/B.cs" ? "old" : "new" })];

        Assert.Equal(
            "Tried in the code as it is were 3 of 7; of the others, in `Runner/Checks`, stands what was found before their files changed.",
            SurveyTable.Tried([(Subject, findings)], (_, _) => "new"));
        Assert.Equal("All 2 were tried in the code as it is.", SurveyTable.Tried([(Subject, findings[1..3])], (_, _) => "new"));
    }

    private static FaultPlace Place(string file, int nth) => new(file, "M", "negate", nth, "a == b");
}
