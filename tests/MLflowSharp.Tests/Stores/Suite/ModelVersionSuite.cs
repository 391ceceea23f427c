namespace MLflowSharp.Tests.Stores.Suite;

public abstract class ModelVersionSuite<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    private const string Source = "s3://models/mnist";

    [Fact]
    public void What_is_created_is_read_back()
    {
        Client.CreateRegisteredModel("mnist");
        Client.CreateModelVersion("mnist", $"{Source}/1", Run, new Dictionary<string, string> { ["a"] = "1" }, "http://other/run", "First.");
        var version = Client.GetModelVersion("mnist", "1");

        Assert.Equal(("mnist", "1", $"{Source}/1", Run), (version.Name, version.Version, version.Source, version.RunId));
        Assert.Equal(("http://other/run", "First.", "None", ModelVersionStatus.Ready), (version.RunLink, version.Description, version.CurrentStage, version.Status));
        Assert.Equal("1", version.Tags["a"]);
        Assert.Equal($"{Source}/1", Client.GetModelVersionDownloadUri("mnist", "1"));
        Assert.Equal(["1"], Client.GetRegisteredModel("mnist").LatestVersions.Select(latest => latest.Version));
    }

    [Fact]
    public void Versions_are_numbered_and_a_number_is_not_given_again()
    {
        Create("mnist", 2);
        Client.DeleteModelVersion("mnist", "2");
        Assert.Equal("3", Client.CreateModelVersion("mnist", Source).Version);
        Assert.Equal(["3", "1"], Client.SearchModelVersions("name = 'mnist'", orderBy: ["version_number DESC"]).Select(version => version.Version));
    }

    [Fact]
    public async Task Many_at_once_get_a_number_each()
    {
        await Client.CreateRegisteredModelAsync("mnist", cancellationToken: TestContext.Current.CancellationToken);
        var versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Client.CreateModelVersionAsync("mnist", Source))));
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"{number}"), versions.Select(version => version.Version).OrderBy(int.Parse));
    }

    [Fact]
    public void Bad_input_is_refused_before_anything_is_written()
    {
        Client.CreateRegisteredModel("mnist");
        Refused(ErrorCode.InvalidParameterValue, () => Client.CreateModelVersion("mnist", ""));
        Refused(ErrorCode.InvalidParameterValue, () => Client.CreateModelVersion("mnist", Source, tags: new Dictionary<string, string> { ["a\nb"] = "1" }));
        Refused(ErrorCode.InvalidParameterValue, () => Client.CreateModelVersion("mnist", "models:/a/b/c"));
        Refused(ErrorCode.InvalidParameterValue, () => Client.CreateModelVersion("mnist", Source, tags: new Dictionary<string, string> { ["mlflow.prompt.is_prompt"] = "true" }));
        Refused(ErrorCode.InvalidParameterValue, () => Client.CreateModelVersion("a/b", Source));
        Refused(ErrorCode.InvalidParameterValue, () => Client.GetModelVersion("mnist", "one"));
        Assert.Empty(Client.SearchModelVersions());
    }

    [Fact]
    public void A_version_that_is_not_there_is_answered_with_those_there_are()
    {
        Create("mnist", 3);
        Assert.Contains("3 versions: 3, 2, 1.", Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetModelVersion("mnist", "4")).Message, StringComparison.Ordinal);
        Client.CreateRegisteredModel("it's");
        Assert.Contains("no version yet", Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetModelVersion("it's", "1")).Message, StringComparison.Ordinal);
        Assert.Contains("most similar", Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetModelVersion("other", "1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_points_at_one_version()
    {
        Create("mnist", 2);
        Client.SetRegisteredModelAlias("mnist", "champion", "1");
        Client.SetRegisteredModelAlias("mnist", "old", "1");
        Client.SetRegisteredModelAlias("mnist", "champion", "2");

        Assert.Equal(("2", "champion"), (Client.GetModelVersionByAlias("mnist", "champion").Version, Assert.Single(Client.GetModelVersion("mnist", "2").Aliases)));
        Assert.Equal(["old"], Client.GetModelVersion("mnist", "1").Aliases);
        Assert.Equal("2", Client.GetModelVersionByAlias("mnist", "Latest").Version);
        Client.DeleteRegisteredModelAlias("mnist", "old");
        Client.DeleteRegisteredModelAlias("mnist", "never-there");
        Assert.Equal(["champion"], Client.GetRegisteredModel("mnist").Aliases.Keys);
        Client.DeleteModelVersion("mnist", "2");
        Assert.Empty(Client.GetRegisteredModel("mnist").Aliases);
    }

    [Fact]
    public void An_alias_that_is_not_there_is_answered_with_those_there_are()
    {
        Create("mnist", 1);
        Assert.Contains("has no alias yet", Refused(ErrorCode.InvalidParameterValue, () => Client.GetModelVersionByAlias("mnist", "champion")).Message, StringComparison.Ordinal);
        Client.SetRegisteredModelAlias("mnist", "champion", "1");
        Assert.Contains("1 alias: champion (version 1).", Refused(ErrorCode.InvalidParameterValue, () => Client.GetModelVersionByAlias("mnist", "chmpion")).Message, StringComparison.Ordinal);
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetModelVersionByAlias("other", "champion"));
        Client.CreateRegisteredModel("empty");
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetModelVersionByAlias("empty", "latest"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("LATEST")]
    [InlineData("v1")]
    [InlineData("V20")]
    [InlineData("a b")]
    [InlineData("a/b")]
    public void Aliases_that_mean_something_else_are_refused(string alias)
    {
        Create("mnist", 1);
        Refused(ErrorCode.InvalidParameterValue, () => Client.SetRegisteredModelAlias("mnist", alias, "1"));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.SetRegisteredModelAlias("mnist", "fine", "2"));
    }

    [Fact]
    public void A_stage_is_changed_and_others_make_room()
    {
        Create("mnist", 3);
        Client.TransitionModelVersionStage("mnist", "1", "production");
        Client.TransitionModelVersionStage("mnist", "2", "Production");
        Assert.Equal("Staging", Client.TransitionModelVersionStage("mnist", "3", "STAGING").CurrentStage);
        Assert.Equal(["2", "3"], Client.GetLatestVersions("mnist").Select(version => version.Version).Order());
        Assert.Equal(["2"], Client.GetLatestVersions("mnist", ["production"]).Select(version => version.Version));

        Client.TransitionModelVersionStage("mnist", "3", "Production", archiveExistingVersions: true);
        Assert.Equal(["Archived", "Archived", "Production"], ((string[])["1", "2", "3"]).Select(version => Client.GetModelVersion("mnist", version).CurrentStage));
        Refused(ErrorCode.InvalidParameterValue, () => Client.TransitionModelVersionStage("mnist", "1", "None", archiveExistingVersions: true));
        Refused(ErrorCode.InvalidParameterValue, () => Client.TransitionModelVersionStage("mnist", "1", "prod"));
        Refused(ErrorCode.InvalidParameterValue, () => Client.GetLatestVersions("mnist", ["prod"]));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.TransitionModelVersionStage("mnist", "4", "Staging"));
    }

    [Fact]
    public void Tags_and_descriptions_are_changed()
    {
        Create("mnist", 1);
        Client.SetModelVersionTag("mnist", "1", "a", 1);
        Client.SetModelVersionTag("mnist", "1", "a", true);
        Client.SetModelVersionTag("mnist", "1", "b", "x");
        Client.DeleteModelVersionTag("mnist", "1", "b");
        Client.DeleteModelVersionTag("mnist", "1", "never there");
        Assert.Equal("New.", Client.UpdateModelVersion("mnist", "1", "New.").Description);
        var version = Client.GetModelVersion("mnist", "1");
        Assert.Equal(("True", "New."), (Assert.Single(version.Tags).Value, version.Description));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.SetModelVersionTag("mnist", "2", "a", 1));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.UpdateModelVersion("mnist", "2", "x"));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.DeleteModelVersionTag("mnist", "2", "a"));
    }

    [Fact]
    public void A_deleted_version_is_gone()
    {
        Create("mnist", 2);
        Client.DeleteModelVersion("mnist", "1");
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetModelVersion("mnist", "1"));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.DeleteModelVersion("mnist", "1"));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetModelVersionDownloadUri("mnist", "1"));
        Assert.Equal(["2"], Client.SearchModelVersions().Select(version => version.Version));
    }

    [Fact]
    public void A_version_made_from_another_has_its_files()
    {
        Create("mnist", 1);
        Client.CreateRegisteredModel("production");
        Client.SetRegisteredModelAlias("mnist", "champion", "1");
        Client.CreateModelVersion("production", "models:/mnist/1");
        Client.CreateModelVersion("production", "models:/mnist@champion");
        Assert.Equal([Source, Source], ((string[])["1", "2"]).Select(version => Client.GetModelVersionDownloadUri("production", version)));
        Assert.Equal("models:/mnist/1", Client.GetModelVersion("production", "1").Source);
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.CreateModelVersion("production", "models:/mnist/7"));
    }

    private void Create(string name, int versions)
    {
        Client.CreateRegisteredModel(name);
        for (var i = 0; i < versions; i++)
            Client.CreateModelVersion(name, Source);
    }
}
