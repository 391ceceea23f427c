using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Verbs;

public sealed class HostOptionsTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Theory]
    [InlineData("--parallel", "2")]
    [InlineData("--cache")]
    [InlineData("--coverage", "coverage.txt")]
    [InlineData("--sections")]
    [InlineData("--static")]
    public async Task In_process_excludes_what_needs_processes_of_kernels(params string[] other)
    {
        _course.WriteSkipped("lesson.ipynb");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync(["check", "lesson.ipynb", "--in-process", .. other]));
        Assert.Contains("cannot be used with", _course.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_says_that_it_is_not_safe()
    {
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("help", "check"));

        Assert.Contains("a cell that crashes takes the run along", string.Join(' ', _course.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
