namespace NotebookTestRunner.Mutations.Tests;

public sealed class ArgumentsTests
{
    [Fact]
    public void All_faults_are_tried_one_at_a_time_unless_it_is_said_otherwise()
    {
        Assert.Equal(new Arguments(), Arguments.Parse([]));
        Assert.Equal(1, new Arguments().Parallel);
        Assert.Equal(
            new Arguments { Project = "Tutorial.Cli", Files = "Running", Budget = TimeSpan.FromSeconds(5), Quick = true, Parallel = 2, Fresh = true },
            Arguments.Parse(["--project", "Tutorial.Cli", "--files", "Running", "--budget", "5", "--quick", "--parallel", "2", "--fresh"]));
    }

    [Theory]
    [InlineData("--parallel", "0")]
    [InlineData("--budget", "soon")]
    [InlineData("--files")]
    [InlineData("quick")]
    public void What_is_not_understood_is_named_with_the_usage(params string[] args)
    {
        var message = Assert.Throws<ArgumentException>(() => Arguments.Parse(args)).Message;

        Assert.Contains($"'{args[0]}'", message, StringComparison.Ordinal);
        Assert.Contains("Usage:", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_of_some_faults_are_not_written_as_if_they_were_of_all() =>
        Assert.Contains("leave out", Assert.Throws<ArgumentException>(() => Arguments.Parse(["--write", "--files", "Glob"])).Message, StringComparison.Ordinal);
}
