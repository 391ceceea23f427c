using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Verbs;

public sealed class ProgressVerbTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task Progress_is_read_from_the_readers_own_notebooks()
    {
        _course.WriteNotebook("notebooks/01-first.ipynb", ("x", ["check"]));

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("progress"));

        Assert.Matches(@"01-first\.ipynb\s+│\s+│ open", _course.Output);
        Assert.Contains("0 of 1 done", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_lessons_is_told()
    {
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("progress", "nowhere"));

        Assert.Contains("There is no lesson with an exercise in", _course.Error, StringComparison.Ordinal);
    }
}
