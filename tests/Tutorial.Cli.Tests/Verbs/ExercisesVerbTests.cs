using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Verbs;

public sealed class ExercisesVerbTests : IDisposable
{
    private const string Solution = "// hint: Begin with the average\ndouble Mean(int[] x)\n{\n    // BEGIN SOLUTION\n    // STUB return 0;\n    return x.Average();\n    // END SOLUTION\n}";
    private const string Check = "var mean = Mean(new[] { 1, 2, 6 });\n$\"{(mean == 3 ? \"Right!\" : mean == 0 ? \"Begin with the average of the numbers\" : mean == 9 ? \"That is their sum\" : \"No\")}\"";

    private readonly Course _course = new();

    /// <summary>What was printed, lines joined where they were broken to fit.</summary>
    private string Output => string.Join(' ', _course.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task Readers_notebooks_are_made_and_verified()
    {
        _course.WriteNotebook("lesson.source.ipynb", (Solution, ["solution"]), ("// hint: their sum\ndouble Mean(int[] x) => x.Sum();", ["wrong-answer"]), (Check, ["check"]));

        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("exercises", "lesson.source.ipynb", "--verify"));
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("exercises", "lesson.source.ipynb"));
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("exercises", "lesson.source.ipynb", "--verify"));
        Assert.DoesNotContain("Average", _course.Read("lesson.ipynb").Split("Begin with")[0], StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("exercises", "lesson.source.ipynb", "--solutions", "-o", "teachers"));
        Assert.Contains("x.Average()", _course.Read("teachers/lesson.solutions.ipynb"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_real_kernel_proves_an_exercise_and_refuses_one_whose_check_is_fooled()
    {
        _course.WriteNotebook("good.source.ipynb", (Solution, ["solution"]), ("// hint: their sum\ndouble Mean(int[] x) => x.Sum();", ["wrong-answer"]), (Check, ["check"]));
        _course.WriteNotebook("bad.source.ipynb", (Solution, ["solution"]), ("// hint: No\ndouble Mean(int[] x) => 3;", ["wrong-answer"]), (Check, ["check"]));

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "good.source.ipynb", "--lax"));
        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("check", "bad.source.ipynb", "--lax"));
        Assert.Contains("does not give the hint \"No\"", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_must_be_told_apart_from_what_it_makes()
    {
        _course.WriteNotebook("lesson.ipynb", "1");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("exercises", "lesson.ipynb"));
        Assert.Contains("NAME.source.ipynb", _course.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_is_audited_and_run_twice_when_asked()
    {
        _course.WriteNotebook("random.ipynb", "Guid.NewGuid().GetHashCode()", "undefinedAnywhere + 1");

        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("check", "random.ipynb", "--static"));
        Assert.Contains("It uses undefinedAnywhere, which no cell defines", Output, StringComparison.Ordinal);

        _course.WriteNotebook("random.ipynb", "Guid.NewGuid().GetHashCode()");
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "random.ipynb", "--lax"));
        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("check", "random.ipynb", "--twice"));
        Assert.Contains("Two runs in a row show different things", Output, StringComparison.Ordinal);
    }
}
