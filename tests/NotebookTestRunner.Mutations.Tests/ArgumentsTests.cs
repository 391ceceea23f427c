using NotebookTestRunner.Mutations.Seeding;
using NotebookTestRunner.Mutations.Surveying;

namespace NotebookTestRunner.Mutations.Tests;

public sealed class ArgumentsTests
{
    private static readonly Subject Runner = new("Runner", "tests/Runner", "Runner.Tests", []);

    [Fact]
    public void All_faults_are_tried_one_at_a_time_unless_it_is_said_otherwise()
    {
        Assert.Equal(new Arguments(), Arguments.Parse([]));
        Assert.Equal(1, new Arguments().Parallel);
        var parsed = Arguments.Parse(["--project", "Tutorial.Cli", "--only", "Running", "--only", "Reporting", "--budget", "5", "--quick", "--parallel", "2", "--fresh", "--unnoticed"]);
        Assert.Equal(["Running", "Reporting"], parsed.Only);
        Assert.Equal(new Arguments { Project = "Tutorial.Cli", Only = parsed.Only, Budget = TimeSpan.FromSeconds(5), Quick = true, Parallel = 2, Fresh = true, Unnoticed = true }, parsed);
    }

    [Theory]
    [InlineData("--parallel", "0")]
    [InlineData("--budget", "soon")]
    [InlineData("--only")]
    [InlineData("quick")]
    public void What_is_not_understood_is_named_with_the_usage(params string[] args)
    {
        var message = Assert.Throws<ArgumentException>(() => Arguments.Parse(args)).Message;

        Assert.Contains($"'{args[0]}'", message, StringComparison.Ordinal);
        Assert.Contains("Usage:", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Checks/Prose/Claim.cs", true)]
    [InlineData("Settings/Marks.cs", true)]
    [InlineData("Execution/CellJudge.cs", false)]
    public void Faults_are_chosen_by_parts_of_their_files_paths(string file, bool isChosen) =>
        Assert.Equal(isChosen, Arguments.Parse(["--project", "Runner", "--only", "Prose", "--only", "Settings"]).Chooses(Runner, file, null));

    [Fact]
    public void Faults_of_other_projects_are_not_chosen() => Assert.False(Arguments.Parse(["--project", "Cli"]).Chooses(Runner, "A.cs", null));

    [Theory]
    [InlineData("Noticed", false)]
    [InlineData("TimedOut", false)]
    [InlineData("Survived", true)]
    [InlineData("NotTried", true)]
    public void What_was_noticed_before_can_be_left_out(string outcome, bool isChosen)
    {
        var before = new Finding(new FaultPlace("A.cs", "M", "negate", 1, "a"), Enum.Parse<Outcome>(outcome), null, false);

        Assert.Equal(isChosen, Arguments.Parse(["--unnoticed"]).Chooses(Runner, "A.cs", before));
        Assert.True(Arguments.Parse([]).Chooses(Runner, "A.cs", before));
    }
}
