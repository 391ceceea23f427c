using NotebookTestRunner.Mutations.Seeding;
using NotebookTestRunner.Mutations.Surveying;

namespace NotebookTestRunner.Mutations.Tests.Surveying;

public sealed class SampleTests
{
    /// <summary>As many as take some seconds.</summary>
    private const int Most = 100;

    public static TheoryData<string> Subjects => [.. Subject.All.Select(subject => subject.Assembly)];

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task Faults_that_the_tests_noticed_are_still_noticed(string assembly)
    {
        var checkout = Subject.FindCheckout();
        var subject = Subject.All.Single(subject => subject.Assembly == assembly);
        var chosen = Sample.Choose(FindingsFile.Read(subject.FindingsFile(checkout)), Most, file => Read(Path.Combine(checkout, subject.Folder, file)));

        var (found, missed) = await new Sample(subject, checkout).TryAsync(chosen, Path.Combine(checkout, "artifacts", "mutations", assembly, "sample"));

        Assert.True(missed.Count == 0, $"No test notices these faults any more:\n{string.Join('\n', missed)}\nWrite a test that does; 'dotnet run --project {Subject.Home} -- --only PART' tries the faults of some files.");
        Assert.True(found >= chosen.Count / 2, $"Only {found} of {chosen.Count} faults of the last survey are still in the code of {assembly}: make a new one with 'dotnet run --project {Subject.Home} -- --write'.");
    }

    [Fact]
    public void The_choice_stays_while_the_code_stays_and_changes_with_it()
    {
        Finding[] findings = [.. Enumerable.Range(1, 40).Select(nth => new Finding(new FaultPlace("A.cs", "M", "negate", nth, "a"), Outcome.Noticed, "T.A.b", true))];

        var once = Sample.Choose(findings, 5, _ => "code");

        Assert.Equal(5, once.Count);
        Assert.Equal(once, Sample.Choose([.. findings.Reverse()], 5, _ => "code"));
        Assert.NotEqual(once, Sample.Choose(findings, 5, _ => "other code"));
    }

    [Theory]
    [InlineData("Noticed", false)]
    [InlineData("TimedOut", true)]
    [InlineData("Survived", true)]
    [InlineData("NotReached", true)]
    public void Only_what_quick_tests_noticed_by_failing_is_chosen(string outcome, bool isQuick) =>
        Assert.Empty(Sample.Choose([new Finding(new FaultPlace("A.cs", "M", "negate", 1, "a"), Enum.Parse<Outcome>(outcome), "T.A.b", isQuick)], 5, _ => ""));

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
