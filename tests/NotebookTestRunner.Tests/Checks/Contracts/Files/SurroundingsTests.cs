using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.Contracts;
using NotebookTestRunner.Checks.Contracts.Files;
using NotebookTestRunner.Settings;

namespace NotebookTestRunner.Tests.Checks.Contracts.Files;

/// <summary>A working folder in a folder that is looked at as well, and a home; without a kernel.</summary>
public sealed class SurroundingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SurroundingsTests()
    {
        Directory.CreateDirectory(folder.File("work"));
        Directory.CreateDirectory(folder.File("home"));
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("work/a", true)]
    [InlineData("work/.hidden/a", true)]
    [InlineData("beside", true)]
    [InlineData("beside.d/deep/a", true)]
    [InlineData(".hidden/a", false)]
    [InlineData("home/a", true)]
    [InlineData("home/.hidden/a", false)]
    [InlineData("work/__pycache__/a", false)]
    [InlineData("work/a.pyc", false)]
    [InlineData("work/a.pycc", true)]
    [InlineData("work/.pyca", true)]
    [InlineData("work/mlflow.db", false)]
    [InlineData("work/mlflow.db-wal", false)]
    [InlineData("work/mlflow.db.journals/a", false)]
    [InlineData("work/mlflow.dbx", true)]
    [InlineData("work/mlruns/a", false)]
    [InlineData("work/mlartifacts/a", false)]
    [InlineData("beside.d/allowed.log", false)]
    public void What_a_notebook_writes_in_and_around_its_folder_is_seen_but_what_is_allowed_is_not(string file, bool isSeen)
    {
        var surroundings = Of(allow: [Glob("../**/allowed.log")]);
        folder.Write(file, "");

        Assert.Equal(isSeen, surroundings.Look(CancellationToken.None).Below(folder.Path).Contains(file));
    }

    [Fact]
    public void The_folder_for_temporary_files_is_for_everybody_but_not_the_working_folder_in_it()
    {
        // The test's own folder lies in the folder for temporary files; nothing around the working folder is looked at but what is named.
        var surroundings = new Surroundings(Context(Path.GetTempPath(), folder.Path), Contract([], []), 1000);
        folder.Write("a", "");
        var beside = Directory.CreateTempSubdirectory("beside-");
        try
        {
            var seen = surroundings.Look(CancellationToken.None);
            Assert.Contains("a", seen.Below(folder.Path));
            Assert.Empty(seen.Below(beside.FullName));
            Assert.DoesNotContain(beside.Name, seen.Below(Path.GetTempPath()));
        }
        finally
        {
            beside.Delete();
        }
    }

    [Fact]
    public void A_folder_that_is_named_is_looked_at_wholly()
    {
        folder.Write("home/.kept/deep/a", "");

        Assert.Contains("deep/a", Of(watch: ["~/.kept"]).Look(CancellationToken.None).Below(folder.File("home/.kept")));
        Assert.DoesNotContain("deep/a", Of().Look(CancellationToken.None).Below(folder.File("home/.kept")));
    }

    [Theory]
    [InlineData("a", "{0}/work/a")]
    [InlineData("sub/*.csv", "{0}/work/sub/*.csv")]
    [InlineData("*.csv", "{0}/work/*.csv")]
    [InlineData("../a", "{0}/a")]
    [InlineData("~/a", "{0}/home/a")]
    [InlineData("~/{a,b}/c", "{0}/home/{{a,b}}/c")]
    [InlineData("../**/a", "{0}/**/a")]
    [InlineData("/else/a?", "/else/a?")]
    public void A_pattern_begins_in_the_working_folder_or_the_home(string pattern, string full)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Paths have drives there.");
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, full, folder.Path), Glob(pattern).Pattern);
    }

    [Fact]
    public void A_path_is_inside_by_its_steps_and_shown_from_the_working_folder()
    {
        var surroundings = Of();

        Assert.True(surroundings.IsInside(folder.File("work/a")));
        Assert.False(surroundings.IsInside(folder.File("works/a")));
        Assert.False(surroundings.IsInside(folder.File("work")));
        Assert.Equal(("a/b", "../c"), (surroundings.Shown(folder.File("work/a/b")), surroundings.Shown(folder.File("c"))));
    }

    private Glob Glob(string pattern) => Surroundings.ToFullPath(pattern, Context(folder.File("home"), folder.File("work")));

    private Surroundings Of(string[]? watch = null, Glob[]? allow = null) => new(Context(folder.File("home"), folder.File("work")), Contract(watch ?? [], allow ?? []), 1000);

    private static Contract Contract(string[] watch, Glob[] allow) => new(null, watch, allow, Array.Empty<int>().ToLookup(number => number, _ => new Terms()), []);

    private NotebookCheckContext Context(string home, string work)
    {
        var notebook = TestNotebook.Of("1");
        return new()
        {
            Notebook = notebook,
            Settings = NotebookSettings.Read(folder.File("lesson.ipynb"), notebook),
            Path = folder.File("lesson.ipynb"),
            WorkingDirectory = work,
            Options = new RunOptions { EnvironmentVariables = new Dictionary<string, string> { ["HOME"] = home, ["MLFLOW_TRACKING_URI"] = "" } },
            Time = TimeProvider.System,
        };
    }
}
