namespace MLflowSharp.Tests.Stores.Suite;

public abstract class RunSuite<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    [Fact]
    public void A_run_is_read_as_it_was_created_and_ended()
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);
        var id = Client.CreateRun("0", start, new Dictionary<string, string> { ["a"] = "b" }, "first").Info.RunId;
        Client.SetTerminated(id, RunStatus.Failed, start.AddSeconds(5));

        var run = Client.GetRun(id);
        Assert.Equal(("first", "0", RunStatus.Failed, LifecycleStage.Active), (run.Info.RunName, run.Info.ExperimentId, run.Info.Status, run.Info.LifecycleStage));
        Assert.Equal((start, start.AddSeconds(5)), (run.Info.StartTime, run.Info.EndTime));
        Assert.Equal(("b", "first"), (run.Data.Tags["a"], run.Data.Tags["mlflow.runName"]));
        Assert.EndsWith($"{id}/artifacts", run.Info.ArtifactUri, StringComparison.Ordinal);
        Assert.Empty(run.Outputs.ModelOutputs);
    }

    [Fact]
    public void A_run_without_a_name_gets_one()
    {
        var run = Client.CreateRun("0");
        Assert.NotEmpty(run.Info.RunName);
        Assert.Equal(run.Info.RunName, run.Data.Tags["mlflow.runName"]);
    }

    [Fact]
    public void A_run_s_name_and_its_tag_stay_equal()
    {
        Client.UpdateRun(Run, name: "renamed");
        Assert.Equal(("renamed", "renamed"), Names());
        Client.SetTag(Run, "mlflow.runName", "by tag");
        Assert.Equal(("by tag", "by tag"), Names());

        (string, string) Names() => (Client.GetRun(Run).Info.RunName, Client.GetRun(Run).Data.Tags["mlflow.runName"]);
    }

    [Fact]
    public void Two_different_names_for_one_run_are_refused()
    {
        var tags = new Dictionary<string, string> { ["mlflow.runName"] = "a" };
        var error = Refused(ErrorCode.InvalidParameterValue, () => Client.CreateRun("0", tags: tags, runName: "b"));
        Assert.Contains("with different values", error.Message, StringComparison.Ordinal);
        Assert.Empty(Client.SearchRuns(["0"]));
    }

    [Fact]
    public void A_deleted_run_takes_nothing_until_it_is_restored()
    {
        Client.DeleteRun(Run);
        Action[] writes =
        [
            () => Client.LogMetric(Run, "m", 1), () => Client.SetTag(Run, "t", 1), () => Client.LogText(Run, "x", "x.txt"), () => Client.SetTerminated(Run),
            () => Client.LogInputs(Run, [new(new("d", "1", "local", "{}"), [])]),
        ];
        foreach (var write in writes)
            Refused(ErrorCode.InvalidParameterValue, write);
        Assert.Empty(Client.SearchRuns(["0"]));
        Assert.Equal(Run, Assert.Single(Client.SearchRuns(["0"], viewType: ViewType.DeletedOnly)).Info.RunId);

        Client.RestoreRun(Run);
        Client.LogMetric(Run, "m", 1);
        Assert.Equal(Run, Assert.Single(Client.SearchRuns(["0"])).Info.RunId);
    }

    [Fact]
    public void A_missing_run_is_named()
    {
        var error = Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetRun("0123456789abcdef0123456789abcdef"));
        Assert.Contains("0123456789abcdef0123456789abcdef", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc")]
    [InlineData("a/b")]
    public void What_cannot_be_a_run_is_refused(string runId) => Refused(ErrorCode.InvalidParameterValue, () => Client.GetRun(runId));

    [Fact]
    public void Runs_come_in_pages_the_newest_first()
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
        var ids = Enumerable.Range(0, 5).Select(i => Client.CreateRun("0", start.AddSeconds(i)).Info.RunId).ToList();
        var found = new List<string>();
        for (string? token = null; ;)
        {
            var page = Client.SearchRuns(["0"], maxResults: 2, pageToken: token);
            found.AddRange(page.Select(run => run.Info.RunId));
            token = page.Token;
            if (token is null)
                break;
        }

        Assert.Equal(Enumerable.Reverse(ids), found);
    }
}
