using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Verbs;

public sealed class CommandLineTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task The_help_names_every_verb_and_every_exit_code()
    {
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("--help"));

        Assert.Contains("dotnet tutorial.cs [command]", _course.Output, StringComparison.Ordinal);
        Assert.All(["run", "check", "kernel", "doctor", "build", "help"], verb => Assert.Contains($"\n  {verb} ", _course.Output, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<ExitCode>(), code => Assert.Contains($"\n  {(int)code}  ", _course.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    public async Task The_help_of_verbs_that_judge_lists_what_a_cell_may_say(string verb)
    {
        Assert.Equal(ExitCode.Success, await _course.TypeAsync(verb, "--help"));

        Assert.All(
            ["skip", "ignore-output", "check-output", "raises", "timeout", "tolerance", "normalize"],
            word => Assert.Contains($"// test: {word}", _course.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("help", "dotnet tutorial.cs [command]")]
    [InlineData("help run", "dotnet tutorial.cs run [<notebooks>...] [options]")]
    [InlineData("help kernel install", "dotnet tutorial.cs kernel install [options]")]
    public async Task Help_is_a_verb_too_as_the_SDK_keeps_the_option_for_itself(string line, string usage)
    {
        Assert.Equal(ExitCode.Success, await _course.TypeAsync(line.Split(' ')));

        Assert.Contains(usage, _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_verb_the_help_is_shown_and_the_usage_is_wrong()
    {
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync());

        Assert.Contains("Usage:", _course.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rnu", "There is no verb 'rnu'; there are run, check, exercises, grade, progress, kernel, doctor, publish, ui, serve, predict, project, gc, export, import, build, help.", "`dotnet tutorial.cs help`")]
    [InlineData("kernel instal", "There is no verb 'instal'; there are install, uninstall, list, doctor.", "`dotnet tutorial.cs help kernel`")]
    [InlineData("run --fast", "There is no option '--fast'.", "`dotnet tutorial.cs help run`")]
    [InlineData("run --timeout never", "'never' is no time limit", "`dotnet tutorial.cs help run`")]
    [InlineData("run --timeout 0", "'0' is no time limit", "`dotnet tutorial.cs help run`")]
    [InlineData("run --timeout NaN", "'NaN' is no time limit", "`dotnet tutorial.cs help run`")]
    [InlineData("check", "paths", "`dotnet tutorial.cs help check`")]
    [InlineData("doctor please", "'please' is not understood here.", "`dotnet tutorial.cs help doctor`")]
    [InlineData("kernel install --user --prefix x", "exclude each other", "`dotnet tutorial.cs help kernel install`")]
    public async Task Wrong_usage_says_what_is_wrong_and_where_the_help_is(string line, string what, string help)
    {
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync(line.Split(' ')));

        Assert.Contains(what, _course.Error, StringComparison.Ordinal);
        Assert.Contains(help, _course.Error, StringComparison.Ordinal);
        Assert.Empty(_course.Output);
    }

    [Fact]
    public async Task A_path_that_begins_with_an_at_sign_is_a_path()
    {
        _course.WriteSkipped("@home.ipynb");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "@home.ipynb"));
    }

    [Fact]
    public async Task Output_that_cannot_be_written_is_a_sentence_and_not_a_crash()
    {
        _course.Context = _course.Context with { Out = Course.CreateConsole(new FullWriter()) };

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("kernel", "list"));

        Assert.Contains("No space left on device", _course.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Building_is_left_to_the_front_door()
    {
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("build"));

        Assert.Contains("`dotnet tutorial.cs build`", _course.Error, StringComparison.Ordinal);
    }

    private sealed class FullWriter : StringWriter
    {
        public override void Write(char value) => throw new IOException("No space left on device", 28);

        public override void Write(string? value) => throw new IOException("No space left on device", 28);
    }
}
