using System.Text.Json;
using MLflowSharp.Projects;
using NotebookTestRunner.Resources;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Grading;

public sealed class GradeVerbTests : IDisposable
{
    private readonly Course _course = new();
    private readonly ClassOfThirty _class;

    public GradeVerbTests() => _class = new(_course);

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task A_class_of_thirty_is_graded_whatever_some_of_them_do()
    {
        _class.HandInAll();

        Assert.Equal(ExitCode.CellFailed, await GradeAsync("class", "--report", "grades", "--json", "grades/grades.json", "--timeout", "20"));

        using var grades = JsonDocument.Parse(_course.Read("grades/grades.json"));
        var students = grades.RootElement.GetProperty("students").EnumerateArray().ToDictionary(student => student.GetProperty("student").GetString()!);
        Assert.Equal(30, students.Count);
        string Result(string student) => students[student].GetProperty("grades")[0].GetProperty("result").GetString()!;
        string Says(string student) => students[student].GetProperty("grades")[0].GetProperty("says").GetString()!;
        Assert.All(["Right 01", "Right 10", "Zip", "Slip", "Nest", "Flat", "Bare"], student => Assert.Equal("right", Result(student)));
        Assert.All(["Sum 1", "Sum 5", "=cmd|'calc'!A0", "Cheat", "Syntax", "Endless", "Exit", "Gone"], student => Assert.Equal("wrong", Result(student)));
        Assert.Equal(("not answered", "unreadable", "not handed in"), (Result("Blank"), Result("Torn"), Result("Essay")));
        Assert.Equal("That is their sum: divide it.", Says("Sum 1"));
        Assert.Equal(Says("Sum 1"), Says("Cheat"));
        Assert.Contains("CS1525", Says("Syntax"), StringComparison.Ordinal);
        Assert.Contains("longer than 20 s", Says("Endless"), StringComparison.Ordinal);
        Assert.Contains("Environment.Exit(7)", Says("Exit"), StringComparison.Ordinal);
        Assert.Contains("died with exit code", Says("Gone"), StringComparison.Ordinal);
        Assert.Equal("4001", students["Right 01"].GetProperty("id").GetString());
        Assert.Contains(".docx", students["Essay"].GetProperty("remarks")[0].GetString(), StringComparison.Ordinal);
        Assert.False(File.Exists(_course.PathOf("../evil.ipynb")));
        if (Confinement.IsPossible)
        {
            Assert.Contains("UnauthorizedAccessException", Says("Writer"), StringComparison.Ordinal);
            Assert.False(File.Exists(_course.PathOf("evil")));
        }

        var lines = _course.Read("grades/grades.csv").TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal(32, lines.Length);
        Assert.StartsWith("student,id,right,of,01-sums: result,01-sums: says,", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("'=cmd|'calc'!A0,,0,1,wrong,No.,3,3,0,", StringComparison.Ordinal));
        var page = _course.Read("grades/grades.html");
        Assert.Contains("<th scope=\"row\">01-sums</th><td class=\"number\">15</td>", page, StringComparison.Ordinal);
        Assert.Contains("6 × That is their sum: divide it.", page, StringComparison.Ordinal);
        // Fifteen right answers were given letter by letter alike, and run once.
        Assert.Equal(10, Directory.GetFiles(_course.PathOf("grades/grades-answers"), "*.html").Length);
        Assert.Matches(@"30 students\s+│ 15", _course.Output);
    }

    [Fact]
    public async Task An_answer_that_holds_too_much_memory_is_ended_and_told_why()
    {
        _class.HandInHog();

        Assert.Equal(ExitCode.CellFailed, await GradeAsync("class", "--timeout", "55", "--memory", "400"));

        Assert.Contains("more than the 400 MB it may: its kernel was ended.", _course.Read("artifacts/report/grade/grades.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grades_are_not_to_be_believed_where_the_lessons_own_solution_is_wrong()
    {
        _course.WriteNotebook("sources/01-sums.source.ipynb", ("int[] numbers = [1, 2, 6];", []), ("// hint: h\nvar mean = 4;", ["solution"]), ("\"Wrong today\"", ["check"]));
        _class.HandIn("Anna", ClassOfThirty.Notebook("var mean = 3;"));

        Assert.Equal(ExitCode.CouldNotRun, await GradeAsync("class"));

        Assert.Contains("Do not believe the grades of 01-sums: the lesson's own solution is not right here. Wrong today", _course.Error, StringComparison.Ordinal);
        Assert.Contains("Do not believe the grades of 01-sums", _course.Read("artifacts/report/grade/grades.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_known_is_written_when_grading_is_stopped()
    {
        _class.HandIn("Anna", ClassOfThirty.Notebook("double mean = numbers.Average();"));
        _class.HandIn("Blank", ClassOfThirty.Notebook(""));
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.Equal(ExitCode.Interrupted, await _course.TypeAsync(stop.Token, "grade", "class", "--sources", "sources"));

        var csv = _course.Read("artifacts/report/grade/grades.csv");
        Assert.Contains("Anna,,0,1,not graded,Grading was stopped before it.", csv, StringComparison.Ordinal);
        Assert.Contains("Blank,,0,1,not answered,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lesson_that_runs_a_program_is_graded_though_answers_may_not_build_one()
    {
        // A program of its own for each time this runs, so that none is built already.
        var program = $"three-{Guid.NewGuid():N}";
        _course.Write("notebooks/project/MLproject", $"name: three\ndotnet_env: {program}.cs\nentry_points: {{main: {{command: dotnet run --file {program}.cs}}}}");
        _course.Write($"notebooks/project/{program}.cs", "#:property PublishAot=false\nreturn 0;\n");
        // As in the course, what is built goes where only its folder's owner may write.
        _course.Write("Directory.Build.props", "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput><ArtifactsPath>$(MSBuildThisFileDirectory)artifacts</ArtifactsPath></PropertyGroup></Project>");
        Directory.CreateDirectory(_course.PathOf("artifacts"));
        const string Run = """MLflowSharp.Projects.MlflowProjects.Run("project", new() { Output = System.IO.TextWriter.Null, Tell = _ => { } }).Info.Status""";
        const string Right = "Run().ToString() == \"Finished\" ? \"Right!\" : \"No.\"";
        var first = $"#r \"{typeof(MLflowSharp.Mlflow).Assembly.Location}\"\nobject Run() => {Run};";
        _course.WriteNotebook("sources/01-sums.source.ipynb", (first, []), ("// hint: h\nvar mean = 3;", ["solution"]), (Right, ["check"]));
        _class.HandIn("Anna", ClassOfThirty.Notebook("var mean = 1 + 2;"));

        var code = await GradeAsync("class");

        Assert.Contains($"Building {program}.cs", _course.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Do not believe", _course.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, code);
        foreach (var built in Directory.GetDirectories(new ProjectRunOptions().CacheDirectory, $"{program}-*"))
            Directory.Delete(built, recursive: true);
    }

    [Theory]
    [InlineData("There is no folder", "nowhere")]
    [InlineData("There is no submission in", "empty")]
    [InlineData("cannot be read", "sources/broken.zip")]
    [InlineData("There is no one lesson '77'. Lessons with exercises are: 01-sums.", "class", "--lesson", "77")]
    [InlineData("is no amount of memory", "class", "--memory", "5")]
    public async Task What_cannot_be_graded_is_told(string expected, params string[] args)
    {
        _class.HandIn("Anna", ClassOfThirty.Notebook(""));
        Directory.CreateDirectory(_course.PathOf("empty"));
        _course.Write("sources/broken.zip", "PK");

        Assert.Equal(ExitCode.CouldNotRun, await GradeAsync(args));

        Assert.Contains(expected, _course.Error, StringComparison.Ordinal);
    }

    private Task<ExitCode> GradeAsync(params string[] args) => _course.TypeAsync(["grade", .. args, "--sources", "sources"]);
}
