using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.CleanRun;
using NotebookTestRunner.Outputs;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Checks.CleanRun;

public sealed class CleanRunCheckTests : InspectionTest
{
    protected override INotebookCheck Check => new CleanRunCheck(new() { CellBytes = 2000, NotebookBytes = 6000 });

    [Fact]
    public async Task A_notebook_of_one_run_from_top_to_bottom_is_clean() => Assert.Empty(await FindAsync(
        Markdown("# Title, with `/usr/bin/env` and [a link](docs/a.md)"), Executed(1, "one", Printed("1")), new TestCell("# test: skip\ntwo"), Executed(2, "three"), new TestCell(" ")));

    [Fact]
    public async Task A_notebook_without_any_outputs_is_clean() => Assert.Empty(await FindAsync("one", "two"));

    [Theory]
    [InlineData(1, 3, "3: This cell was execution 3 where a run from top to bottom would make it 2")]
    [InlineData(2, 1, "2: This cell was execution 2 where a run from top to bottom would make it 1")]
    [InlineData(1, null, "3: This cell was never executed where a run from top to bottom would make it 2")]
    [InlineData(1, 1, "3: This cell was execution 1 where a run from top to bottom would make it 2")]
    public async Task Execution_counts_that_are_not_1_to_n_are_found(int first, int? second, string expected) =>
        Assert.StartsWith(expected, Assert.Single(await BriefAsync(Markdown("text"), Executed(first, "one"), new TestCell("two") { ExecutionCount = second })), StringComparison.Ordinal);

    [Fact]
    public async Task An_exercise_and_its_check_may_be_left_to_readers() => Assert.Empty(await FindAsync(
        Executed(1, "one"), new TestCell("two") { Tags = ["exercise"] }, new TestCell("three") { Tags = ["check"] }, Executed(4, "four")));

    [Fact]
    public async Task Ids_that_two_cells_share_are_found_at_the_second() =>
        Assert.Equal(
            ["3: It has the id \"same\" of cell 1, and the format wants each to have its own: delete one of the two ids, and Jupyter makes a new one."],
            await BriefAsync(Markdown("a") with { Id = "same" }, Markdown("b") with { Id = "other" }, Markdown("c") with { Id = "same" }));

    [Fact]
    public async Task A_stored_error_is_found_unless_it_is_meant()
    {
        var error = new ErrorOutput("KeyError", "x", []);

        Assert.StartsWith("1: The error KeyError is stored", Assert.Single(await BriefAsync(Executed(1, "one", error))), StringComparison.Ordinal);
        Assert.Empty(await FindAsync(Executed(1, "one", error) with { Tags = ["raises-exception"] }));
    }

    [Theory]
    [InlineData("saved to /home/anna/project/mlflow.db.", "/home/anna/project/mlflow.db")]
    [InlineData("frame #1: at() + 0x5f (0x7f16 in /work/course/artifacts/bin/libc10.so)", "/work/course/artifacts/bin/libc10.so")]
    [InlineData("file:///Users/anna/x", "file:///Users/anna/x")]
    [InlineData("/scratch/project_2001234/runs", "/scratch/project_2001234/runs")]
    [InlineData("/tmp/tmpq7z0x1ab of a run, /tmp/annas-course/data of Anna", "/tmp/annas-course/data")]
    [InlineData(@"C:\Users\Anna\course", @"C:\Users\Anna\course")]
    [InlineData("\"C:\\\\Users\\\\Anna\\\\course\"", @"C:\\Users\\Anna\\course")]
    public async Task A_path_of_somebodys_machine_is_found_in_outputs_and_text(string text, string path)
    {
        Assert.Contains($"Output 1 holds the path {path} of", Assert.Single(await BriefAsync(Executed(1, "one", Printed(text)))), StringComparison.Ordinal);
        Assert.Contains($"The cell's text holds the path {path} of", Assert.Single(await BriefAsync(Markdown(text))), StringComparison.Ordinal);
        Assert.Contains("(text/html)", Assert.Single(await BriefAsync(Executed(1, "one", Displayed(text, "text/html")))), StringComparison.Ordinal);
        Assert.Empty(await FindAsync(Executed(1, "one", Printed(text)) with { Tags = ["allow-paths"] }));
    }

    [Theory]
    [InlineData("/usr/lib/python3, /etc/hosts, /dev/null, /bin/sh")]
    [InlineData("https://example.org/home/page/x")]
    [InlineData("notebooks/home/anna/x and ./tmp/x/y")]
    [InlineData("/home/user/project and /path/to/file")]
    [InlineData("and/or 1/2/3 </tmp/x>")]
    [InlineData("/tmp/ipykernel_4711/2935671245.py:3: UserWarning: this will go away")]
    [InlineData("working in /tmp/tmpq7z0x1ab, then in /tmp/tmpq7z0x1ac/data")]
    public async Task What_every_machine_has_is_no_such_path(string text) => Assert.Empty(await FindAsync(Markdown(text)));

    [Fact]
    public async Task The_notebooks_own_folder_is_found_wherever_it_is() =>
        Assert.Contains(Folder.File("").TrimEnd(Path.DirectorySeparatorChar), Assert.Single(await BriefAsync(Executed(1, "one", Printed($"in {Folder.File("x.txt")}")))), StringComparison.Ordinal);

    [Theory]
    [InlineData("AKIA" + "IOSFODNN7ABCDEFG", "an AWS access key (AKIA…)")]
    [InlineData("ghp_" + "0123456789abcdefghijklmnopqrstuvwxyz", "a GitHub token (ghp_…)")]
    [InlineData("hf_" + "abcdefghijklmnopqrstuvwxyzABCDEFGH", "a Hugging Face token (hf_a…)")]
    [InlineData("-----BEGIN RSA " + "PRIVATE KEY-----", "a private key (----…)")]
    [InlineData("http://127.0.0.1:8888/lab?token=" + "0123456789abcdef0123456789abcdef", "a link with a Jupyter token (0123…)")]
    [InlineData("postgresql://anna:" + "hunter22@db/mlflow", "a password in an address (hunt…)")]
    [InlineData("var password = \"" + "correct-horse\";", "a password or token (corr…)")]
    [InlineData("os.environ[\"MLFLOW_TRACKING_TOKEN\"] = \"" + "q1w2e3r4t5\"", "a password or token (q1w2…)")]
    public async Task A_secret_is_found_and_not_repeated(string text, string found)
    {
        var message = Assert.Single(await BriefAsync(Executed(1, text)));

        Assert.Contains($"The cell's text holds what looks like {found}", message, StringComparison.Ordinal);
        Assert.DoesNotContain(text, message, StringComparison.Ordinal);
        Assert.Empty(await FindAsync(Executed(1, text) with { Tags = ["allow-secrets"] }));
    }

    [Theory]
    [InlineData("var password = \"your-password-here\";")]
    [InlineData("password = \"********\"")]
    [InlineData("token = os.environ[\"TOKEN_OF_MINE\"]")]
    [InlineData("https://user:<password>@host/")]
    [InlineData("https://user:${PASSWORD}@host/")]
    [InlineData("git@github.com:owner/name and sha1 0123456789abcdef0123456789abcdef01234567")]
    public async Task A_placeholder_is_no_secret(string text) => Assert.Empty(await FindAsync(Executed(1, text)));

    [Fact]
    public async Task Large_outputs_and_notebooks_are_found()
    {
        var large = Printed(new string('a', 2000));
        var found = (await BriefAsync(Executed(1, "one", large), Executed(2, "two", large), Executed(3, "three", large), Executed(4, "four", Printed("a")))).ToList();

        Assert.Equal(4, found.Count);
        Assert.StartsWith("1: Its outputs take 2 kB, more than 2 kB", found[0], StringComparison.Ordinal);
        Assert.StartsWith(": The notebook takes", found[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_and_notebooks_may_be_as_large_as_the_limits()
    {
        var output = Printed(new string('ä', 700));
        var path = Folder.Write("lesson.ipynb", TestNotebook.Json("scripted", Executed(1, "one", output)));
        var (cell, whole) = (System.Text.Encoding.UTF8.GetByteCount(output.ToJson().ToJsonString()), System.Text.Encoding.UTF8.GetByteCount(NotebookTestRunner.Notebooks.Notebook.Read(path).ToJson()));

        Assert.Equal(0, await CountAsync(new() { CellBytes = cell, NotebookBytes = whole }));
        Assert.Equal(1, await CountAsync(new() { CellBytes = cell - 1, NotebookBytes = whole }));
        Assert.Equal(1, await CountAsync(new() { CellBytes = cell, NotebookBytes = whole - 1 }));
        Assert.Equal((500_000, 2_000_000), (new CleanRunLimits().CellBytes, new CleanRunLimits().NotebookBytes));

        async Task<int> CountAsync(CleanRunLimits limits) => (await new NotebookRunner(new RunOptions { Checks = [new CleanRunCheck(limits)] }).InspectAsync(path, Token)).Findings.Count;
    }

    [Fact]
    public async Task Of_several_errors_in_a_cell_the_first_is_told() =>
        Assert.StartsWith("1: The error KeyError", Assert.Single(await BriefAsync(Executed(1, "one", new ErrorOutput("KeyError", "x", []), new ErrorOutput("Other", "y", [])))), StringComparison.Ordinal);

    [Theory]
    [InlineData(@"C:\Users\Anna\x, then /home/anna/y, then /home/anna/z", "/opt/lesson.ipynb", @"C:\Users\Anna\x")]
    [InlineData("/home/anna/y, then C:\\Users\\Anna\\x", "/opt/lesson.ipynb", "/home/anna/y")]
    [InlineData("see /opt/course/x", "/opt/course/lesson.ipynb", "/opt/course")]
    [InlineData("see /opts/x", "/opt/lesson.ipynb", null)]
    [InlineData("nothing", "/opt/course/lesson.ipynb", null)]
    public void The_first_path_is_named_or_the_notebooks_own_folder(string text, string notebook, string? path) => Assert.Equal(path, MachinePaths.Find(text, notebook));

    [Fact]
    public async Task Tracebacks_drawings_and_data_are_looked_through_and_pictures_are_not()
    {
        Assert.Contains("/home/anna/a.py", string.Join('\n', await BriefAsync(Executed(1, "one", new ErrorOutput("KeyError", "x", ["in /home/anna/a.py"])) with { Tags = ["raises-exception"] })), StringComparison.Ordinal);
        Assert.Contains("(image/svg+xml) holds the path", Assert.Single(await BriefAsync(Executed(1, "one", Displayed("<svg>/home/anna/a</svg>", "image/svg+xml")))), StringComparison.Ordinal);
        Assert.Empty(await FindAsync(Executed(1, "one", Displayed("/home/anna/a", "image/png"))));
        var json = new DisplayDataOutput(new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["application/json"] = new System.Text.Json.Nodes.JsonObject { ["path"] = "/home/anna/a" } }, []);
        Assert.Contains("(application/json) holds the path", Assert.Single(await BriefAsync(Executed(1, "one", json))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_said_about_outputs_that_are_being_replaced()
    {
        var path = Folder.Write("lesson.ipynb", TestNotebook.Json("scripted", Executed(7, "one")));

        Assert.Empty((await new NotebookRunner(new RunOptions { Checks = [Check], Update = true }).InspectAsync(path, Token)).Findings);
    }

    private static TestCell Executed(int count, string source, params CellOutput[] stored) => new(source, stored) { ExecutionCount = count };
}
