using MLflowSharp;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Checks.Prose;

public sealed class ClaimSourceTests : ProseTest
{
    [Theory]
    [InlineData("![alt](pics/a%20b.svg)<!-- claim: file exists -->")]
    [InlineData("[text](pics/#part)<!-- claim: file exists -->")]
    [InlineData("`pics`<!-- claim: file exists -->")]
    [InlineData("in pics/x.csv<!-- claim: file exists -->")]
    [InlineData("`x.csv`<!-- claim: file: pics/x.csv exists -->")]
    [InlineData("`x.csv`<!-- claim: file: \"pics/x.csv\" -->")]
    [InlineData("two files<!-- claim: count: files pics/* -->")]
    [InlineData("2<!-- claim: count: files ./pics/**/*.{csv,svg} -->")]
    [InlineData("one<!-- claim: count: files **/x.csv -->")]
    [InlineData("0<!-- claim: count: files none/*.csv -->")]
    public async Task A_file_that_is_there_satisfies(string text)
    {
        MakeFiles();

        Assert.Empty(await FindingsAsync("print x", Markdown(text)));
    }

    [Theory]
    [InlineData("![alt](pics/y.csv)<!-- claim: file exists -->", "There is no pics/y.csv .*x.csv")]
    [InlineData("`none/y.csv`<!-- claim: file exists -->", "its folder none is not there")]
    [InlineData("`x.csv`<!-- claim: file: pics/z.csv exists -->", "There is no pics/z.csv")]
    [InlineData("`y.csv`<!-- claim: file: pics/x.csv exists -->", "The text says \"y.csv\"")]
    [InlineData("Three<!-- claim: count: files pics/* -->", "\"Three\"")]
    public async Task A_file_that_is_not_there_fails(string text, string why)
    {
        MakeFiles();

        Assert.Matches(why, await OnlyMessageAsync("print x", Markdown(text)));
    }

    [Theory]
    [InlineData("97.8<!-- claim: output of cell 1 -->")]
    [InlineData("2.3<!-- claim: output of cell cell-1 -->")]
    [InlineData("98<!-- claim: output of cell 1 matches \"accuracy ([\\d.]+)\" -->")]
    [InlineData("`accuracy 97.8`<!-- claim: output of cell 1 -->")]
    [InlineData("0.978<!-- claim: output of cell 1 * 0.01 -->")]
    [InlineData("9,780<!-- claim: output of cell 1 matches \"[\\d.]+\" / 0.01 -->")]
    public async Task What_a_cell_shows_satisfies(string text) => Assert.Empty(await FindingsAsync("print accuracy 97.8, loss 2.31", Markdown(text)));

    [Theory]
    [InlineData("97.6<!-- claim: output of cell 1 -->", "97.8, 2.31")]
    [InlineData("98.3<!-- claim: output of cell 1 matches \"accuracy ([\\d.]+)\" -->", "\\+ 97.8")]
    [InlineData("98.3<!-- claim: output of cell 1 matches \"speed ([\\d.]+)\" -->", "shows nothing that matches")]
    [InlineData("`speed`<!-- claim: output of cell 1 -->", "does not show it")]
    [InlineData("98.3<!-- claim: output of cell 3 -->", "was not executed before")]
    public async Task What_a_cell_does_not_show_fails(string text, string why) =>
        Assert.Matches(why, await OnlyMessageAsync("print accuracy 97.8, loss 2.31", Markdown(text), "print 98.3"));

    [Fact]
    public async Task An_expression_that_never_ends_fails_its_claim_and_the_next_is_judged()
    {
        var result = await RunAsync(Checked with { CellTimeout = TimeSpan.FromSeconds(1) }, "print x", Markdown("3<!-- claim: = wait -->"), Markdown("8<!-- claim: = result 7 -->"));

        Assert.Equal(2, result.Findings.Count);
        Assert.Contains("Asked for wait: The kernel ran longer than 1 s on what it was asked, and was interrupted.", result.Findings[0].Message, StringComparison.Ordinal);
        Assert.Equal(3, result.Findings[1].CellNumber);
    }

    [Theory]
    [InlineData("display text/plain loss 2.31", "2.31<!-- claim: output of cell 1 -->")]
    [InlineData("# test: raises\nfail ValueError at most 5", "5<!-- claim: output of cell 1 -->")]
    [InlineData("# test: raises\nfail ValueError at most 5", "`ValueError`<!-- claim: output of cell 1 -->")]
    public async Task Displays_and_errors_are_shown_too(string code, string text) => Assert.Empty(await FindingsAsync(code, Markdown(text)));

    [Fact]
    public async Task A_fault_of_a_source_is_told_whatever_it_was_to_be_multiplied_by() =>
        Assert.Contains("was not executed before", await OnlyMessageAsync("print one", Markdown("98<!-- claim: output of cell 3 * 100 -->"), "print 0.98"));

    [Fact]
    public async Task The_only_number_a_cell_shows_can_be_updated() =>
        Assert.Contains("+ about 93.1 %", await OnlyMessageAsync("print accuracy 93.14", Markdown("about 97.8 %<!-- claim: output of cell 1 -->")));

    [Theory]
    [InlineData("97.7 %<!-- claim: metric val_accuracy of run three epochs * 100 -->")]
    [InlineData("0.977<!-- claim: metric \"val_accuracy\" of run \"three epochs\" -->")]
    [InlineData("`Adam`<!-- claim: parameter optimizer of run three epochs -->")]
    [InlineData("three<!-- claim: param epochs of run three epochs -->")]
    [InlineData("**first steps**<!-- claim: tag purpose of run three epochs -->")]
    [InlineData("FINISHED<!-- claim: status of run three epochs -->")]
    [InlineData("version 2<!-- claim: version of model reader -->")]
    [InlineData("version 1<!-- claim: alias champion of model reader -->")]
    [InlineData("Two versions<!-- claim: count: versions of model reader -->")]
    [InlineData("2<!-- claim: count: runs -->")]
    [InlineData("2<!-- claim: count: runs of experiment first-steps -->")]
    [InlineData("one<!-- claim: count: experiments -->")]
    public async Task What_the_tracking_store_holds_satisfies(string text)
    {
        MakeStore();

        Assert.Empty(await FindingsAsync("print x", Markdown(text)));
    }

    [Theory]
    [InlineData("98.1 %<!-- claim: metric val_accuracy of run three epochs * 100 -->", "\\+ 97.7 %")]
    [InlineData("98<!-- claim: metric val_acc of run three epochs -->", "no metric \"val_acc\"; there are val_accuracy, val_loss")]
    [InlineData("98<!-- claim: metric val_accuracy of run tree epochs -->", "no run \"tree epochs\".*three epochs")]
    [InlineData("`Adagrad`<!-- claim: parameter optimizer of run three epochs -->", "\\+ Adam|\\+ `Adam`")]
    [InlineData("98<!-- claim: parameter optimizer of run three epochs * 2 -->", "cannot be multiplied")]
    [InlineData("version 2<!-- claim: alias champion of model reader -->", "\\+ version 1")]
    [InlineData("version 2<!-- claim: alias winner of model reader -->", "no alias \"winner\"; there is champion")]
    [InlineData("version 2<!-- claim: version of model raeder -->", "no registered model \"raeder\".*reader")]
    [InlineData("3<!-- claim: count: versions of model raeder -->", "no registered model \"raeder\"")]
    [InlineData("3<!-- claim: count: runs -->", "\\+ 2")]
    [InlineData("3<!-- claim: count: runs of experiment first-step -->", "no experiment \"first-step\".*first-steps")]
    [InlineData("2<!-- claim: count: experiments -->", "\\+ 1")]
    public async Task What_the_tracking_store_does_not_hold_fails(string text, string why)
    {
        MakeStore();

        Assert.Matches(why, await OnlyMessageAsync("print x", Markdown(text)));
    }

    [Fact]
    public async Task Looking_for_a_store_makes_none()
    {
        Assert.Contains("no run", await OnlyMessageAsync("print x", Markdown("98<!-- claim: metric a of run b -->")));
        Assert.Empty(Directory.EnumerateFiles(Folder.Path, "mlflow*"));
    }

    [Fact]
    public async Task The_newest_run_of_a_name_counts()
    {
        MakeStore();
        using (var client = Client())
        {
            var run = client.CreateRun("1", startTime: DateTimeOffset.UtcNow.AddMinutes(1), runName: "three epochs");
            client.LogMetric(run.Info.RunId, "val_accuracy", 0.5);
        }

        Assert.Empty(await FindingsAsync("print x", Markdown("0.5<!-- claim: metric val_accuracy of run three epochs -->")));
    }

    private MlflowClient Client() => new($"sqlite:///{Folder.File("mlflow.db")}", new MlflowClientOptions { DefaultArtifactRoot = Folder.File("artifacts") });

    private void MakeFiles()
    {
        Directory.CreateDirectory(Folder.File("pics"));
        Folder.Write("pics/a b.svg", "");
        Folder.Write("pics/x.csv", "");
    }

    private void MakeStore()
    {
        using var client = Client();
        var experiment = client.CreateExperiment("first-steps");
        client.CreateRun(experiment, runName: "other");
        var run = client.CreateRun(experiment, runName: "three epochs").Info.RunId;
        client.LogMetric(run, "val_accuracy", 0.9765);
        client.LogMetric(run, "val_loss", 0.1);
        client.LogParam(run, "optimizer", "Adam");
        client.LogParam(run, "epochs", 3);
        client.SetTag(run, "purpose", "first steps");
        client.SetTerminated(run);
        client.CreateRegisteredModel("reader");
        client.CreateModelVersion("reader", Folder.File("model"), run);
        client.CreateModelVersion("reader", Folder.File("model"), run);
        client.SetRegisteredModelAlias("reader", "champion", "1");
    }
}
