namespace MLflowSharp.Tests.Stores.Suite;

public abstract class ExperimentSuite<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    [Fact]
    public void A_new_store_has_the_experiment_Default()
    {
        var experiment = Client.GetExperiment("0");
        Assert.Equal(("0", "Default", LifecycleStage.Active), (experiment.ExperimentId, experiment.Name, experiment.LifecycleStage));
        Assert.Equal("Default", Assert.Single(Client.SearchExperiments()).Name);
    }

    [Fact]
    public void An_experiment_is_read_as_it_was_created()
    {
        var id = Client.CreateExperiment("größer ∞ 模型", tags: new Dictionary<string, string> { ["team"] = "A", ["empty"] = "" });
        var byId = Client.GetExperiment(id);
        var byName = Client.GetExperimentByName("größer ∞ 模型")!;
        Assert.Equal((id, "größer ∞ 模型"), (byName.ExperimentId, byId.Name));
        Assert.Equal(new Dictionary<string, string> { ["team"] = "A", ["empty"] = "" }, byId.Tags);
        Assert.Equal(byId.ArtifactLocation, byName.ArtifactLocation);
        Assert.EndsWith($"/{id}", byId.ArtifactLocation, StringComparison.Ordinal);
        Assert.NotNull(byId.CreationTime);
    }

    [Fact]
    public void A_name_is_given_once()
    {
        Client.CreateExperiment("e");
        Refused(ErrorCode.ResourceAlreadyExists, () => Client.CreateExperiment("e"));
        Assert.Null(Client.GetExperimentByName("E"));
    }

    [Fact]
    public void Experiments_are_renamed_to_free_names()
    {
        var experiment = Client.CreateExperiment("e");
        Client.RenameExperiment(experiment, "f");
        Assert.Equal(experiment, Client.GetExperimentByName("f")?.ExperimentId);
        Assert.Null(Client.GetExperimentByName("e"));
        Refused(ErrorCode.ResourceAlreadyExists, () => Client.RenameExperiment(experiment, "Default"));
    }

    [Fact]
    public void A_deleted_experiment_takes_its_runs_along_and_brings_them_back()
    {
        var experiment = Client.CreateExperiment("e");
        var run = Client.CreateRun(experiment).Info.RunId;
        Client.DeleteExperiment(experiment);

        Assert.Equal(LifecycleStage.Deleted, Client.GetExperiment(experiment).LifecycleStage);
        Assert.Equal(LifecycleStage.Deleted, Client.GetRun(run).Info.LifecycleStage);
        Assert.Equal(experiment, Assert.Single(Client.SearchExperiments(ViewType.DeletedOnly)).ExperimentId);
        Assert.Contains("must be in the 'active' state", Assert.Throws<MlflowException>(() => Client.CreateRun(experiment)).Message, StringComparison.Ordinal);
        Refused(ErrorCode.ResourceAlreadyExists, () => Client.CreateExperiment("e"));

        Client.RestoreExperiment(experiment);
        Assert.Equal(LifecycleStage.Active, Client.GetRun(run).Info.LifecycleStage);
        Assert.Equal(experiment, Client.GetRun(run).Info.ExperimentId);
    }

    [Fact]
    public void Tags_of_an_experiment_are_set_and_replaced()
    {
        var experiment = Client.CreateExperiment("e");
        Client.SetExperimentTag(experiment, "t", "1");
        Client.SetExperimentTag(experiment, "t", "zwei ½");
        Assert.Equal("zwei ½", Client.GetExperiment(experiment).Tags["t"]);
    }

    [Fact]
    public void Tags_of_an_experiment_are_deleted_once()
    {
        var experiment = Client.CreateExperiment("e", tags: new Dictionary<string, string> { ["t"] = "1", ["u"] = "2" });
        Client.DeleteExperimentTag(experiment, "t");
        Assert.Equal("u", Assert.Single(Client.GetExperiment(experiment).Tags).Key);
        Assert.Contains("t", Refused(ErrorCode.ResourceDoesNotExist, () => Client.DeleteExperimentTag(experiment, "t")).Message, StringComparison.Ordinal);
        Client.DeleteExperiment(experiment);
        Refused(ErrorCode.InvalidParameterValue, () => Client.DeleteExperimentTag(experiment, "u"));
    }

    [Fact]
    public void Each_found_experiment_has_its_own_tags()
    {
        Client.CreateExperiment("a", tags: new Dictionary<string, string> { ["which"] = "a" });
        Client.CreateExperiment("b", tags: new Dictionary<string, string> { ["which"] = "b" });
        Assert.Equal(
            ["Default", "a a", "b b"],
            Client.SearchExperiments(orderBy: ["name"]).Select(found => $"{found.Name} {found.Tags.GetValueOrDefault("which")}".TrimEnd()));
    }

    [Theory]
    [InlineData("987654321")]
    [InlineData("nope")]
    public void A_missing_experiment_is_named(string experimentId)
    {
        var error = Assert.Throws<MlflowException>(() => Client.GetExperiment(experimentId));
        Assert.Contains(experimentId, error.Message, StringComparison.Ordinal);
        Assert.Throws<MlflowException>(() => Client.CreateRun(experimentId));
    }

    [Fact]
    public void Experiments_come_in_pages()
    {
        foreach (var name in (string[])["a", "b", "c", "d"])
            Client.CreateExperiment(name);
        var first = Client.SearchExperiments(maxResults: 3, orderBy: ["name DESC"]);
        var second = Client.SearchExperiments(maxResults: 3, orderBy: ["name DESC"], pageToken: first.Token);
        Assert.Equal(["d", "c", "b"], first.Select(experiment => experiment.Name));
        Assert.Equal(["a", "Default"], second.Select(experiment => experiment.Name));
        Assert.Null(second.Token);
    }
}
