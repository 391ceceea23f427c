using NotebookTestRunner.Mutations.Seeding;
using NotebookTestRunner.Mutations.Surveying;

namespace NotebookTestRunner.Mutations.Tests.Surveying;

public sealed class FindingsFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("findings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Findings_are_read_as_they_were_written_in_the_order_of_their_places()
    {
        Finding[] findings =
        [
            new(new FaultPlace("B/Later.cs", "M", "negate", 1, "a == b"), Outcome.Survived, null, false),
            new(new FaultPlace("A/Early.cs", "M", "one more", 2, "7"), Outcome.Noticed, "Tests.EarlyTests.It_counts", true, "0123abcd"),
        ];

        FindingsFile.Write(Path.Combine(folder, "deep", "findings.tsv"), findings);

        Assert.Equal([findings[1], findings[0]], FindingsFile.Read(Path.Combine(folder, "deep", "findings.tsv")));
    }

    [Fact]
    public void Where_there_is_no_file_there_are_no_findings() => Assert.Empty(FindingsFile.Read(Path.Combine(folder, "none.tsv")));

    [Fact]
    public void A_line_that_is_no_finding_is_named_with_what_to_do()
    {
        var path = Path.Combine(folder, "findings.tsv");
        File.WriteAllText(path, "outcome\nSurvived\t\t\tonly a file\n");

        var message = Assert.Throws<InvalidDataException>(() => FindingsFile.Read(path)).Message;

        Assert.Contains("findings.tsv, line 2", message, StringComparison.Ordinal);
        Assert.Contains("--write", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_that_changes_nothing_needs_a_reason()
    {
        var path = Path.Combine(folder, "equivalent.tsv");
        File.WriteAllText(path, "# remarks\n\nthe loop ends anyway\tA.cs\tM\tnegate\t1\ta == b\n");
        Assert.Equal("the loop ends anyway", Equivalents.Read(path)[new FaultPlace("A.cs", "M", "negate", 1, "a == b")]);

        File.WriteAllText(path, "\tA.cs\tM\tnegate\t1\ta == b\n");
        Assert.Contains("line 1", Assert.Throws<InvalidDataException>(() => Equivalents.Read(path)).Message, StringComparison.Ordinal);
    }
}
