namespace MLflowSharp.Tests.Stores.Suite;

public abstract class RegisteredModelSuite<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    [Fact]
    public void What_is_created_is_read_back()
    {
        var created = Client.CreateRegisteredModel("mnist ünï", new Dictionary<string, string> { ["task"] = "digits", ["a.b/c"] = "" }, "Reads digits.");
        var read = Client.GetRegisteredModel("mnist ünï");

        Assert.Equal(("mnist ünï", "Reads digits.", created.CreationTime), (read.Name, read.Description, read.LastUpdatedTime));
        Assert.Equal([("a.b/c", ""), ("task", "digits")], read.Tags.OrderBy(tag => tag.Key).Select(tag => (tag.Key, tag.Value)));
        Assert.Empty(read.LatestVersions);
        Assert.Empty(read.Aliases);
        Assert.Null(Client.CreateRegisteredModel("plain").Description);
    }

    [Fact]
    public void A_name_is_given_once()
    {
        Client.CreateRegisteredModel("mnist");
        Assert.Contains("mnist", Refused(ErrorCode.ResourceAlreadyExists, () => Client.CreateRegisteredModel("mnist")).Message, StringComparison.Ordinal);
        Assert.Equal("Mnist", Client.CreateRegisteredModel("Mnist").Name);
    }

    [Fact]
    public void Models_and_prompts_share_their_names()
    {
        var prompt = new Dictionary<string, string> { ["mlflow.prompt.is_prompt"] = "true" };
        Client.CreateRegisteredModel("mnist");
        Client.CreateRegisteredModel("greeting", prompt);
        Assert.Contains("create a registered model with name 'greeting', but the name is already taken by a prompt", Refused(ErrorCode.ResourceAlreadyExists, () => Client.CreateRegisteredModel("greeting")).Message, StringComparison.Ordinal);
        Assert.Contains("create a prompt with name 'mnist', but the name is already taken by a registered model", Refused(ErrorCode.ResourceAlreadyExists, () => Client.CreateRegisteredModel("mnist", prompt)).Message, StringComparison.Ordinal);
        Assert.Contains("Prompt (name=greeting) already exists", Refused(ErrorCode.ResourceAlreadyExists, () => Client.CreateRegisteredModel("greeting", prompt)).Message, StringComparison.Ordinal);
        Assert.Contains("greeting", Refused(ErrorCode.ResourceAlreadyExists, () => Client.RenameRegisteredModel("mnist", "greeting")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("..")]
    [InlineData(".")]
    public void Names_that_could_not_be_found_again_are_refused(string name)
    {
        Refused(ErrorCode.InvalidParameterValue, () => Client.CreateRegisteredModel(name));
        Assert.Empty(Client.SearchRegisteredModels());
    }

    [Fact]
    public void A_bad_tag_is_refused_before_anything_is_written()
    {
        Refused(ErrorCode.InvalidParameterValue, () => Client.CreateRegisteredModel("mnist", new Dictionary<string, string> { ["fine"] = "x", ["../out"] = "x" }));
        Refused(ErrorCode.InvalidParameterValue, () => Client.CreateRegisteredModel("mnist", new Dictionary<string, string> { ["big"] = new('x', 100_001) }));
        Assert.Empty(Client.SearchRegisteredModels());
    }

    [Fact]
    public void Tags_are_set_replaced_and_deleted()
    {
        Client.CreateRegisteredModel("mnist", new Dictionary<string, string> { ["a"] = "1" });
        Client.SetRegisteredModelTag("mnist", "a", 2);
        Client.SetRegisteredModelTag("mnist", "big", new string('x', 5000));
        Client.DeleteRegisteredModelTag("mnist", "never there");
        Assert.Equal(["2", "5000"], Client.GetRegisteredModel("mnist").Tags.OrderBy(tag => tag.Key).Select(tag => tag.Key == "big" ? $"{tag.Value.Length}" : tag.Value));

        Client.DeleteRegisteredModelTag("mnist", "a");
        Assert.Equal(["big"], Client.GetRegisteredModel("mnist").Tags.Keys);
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.SetRegisteredModelTag("other", "a", 1));
    }

    [Fact]
    public void A_description_is_changed_and_taken_away()
    {
        Client.CreateRegisteredModel("mnist", description: "old");
        Assert.Equal("new", Client.UpdateRegisteredModel("mnist", "new").Description);
        Assert.Equal("new", Client.GetRegisteredModel("mnist").Description);
        Assert.True(Client.GetRegisteredModel("mnist").LastUpdatedTime >= Client.GetRegisteredModel("mnist").CreationTime);
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.UpdateRegisteredModel("other", "x"));
    }

    [Fact]
    public void Everything_follows_a_new_name()
    {
        Client.CreateRegisteredModel("old", new Dictionary<string, string> { ["a"] = "1" });
        Client.CreateModelVersion("old", "s3://models/1", tags: new Dictionary<string, string> { ["b"] = "2" });
        Client.SetRegisteredModelAlias("old", "champion", "1");
        Client.CreateRegisteredModel("taken");

        Refused(ErrorCode.ResourceAlreadyExists, () => Client.RenameRegisteredModel("old", "taken"));
        Refused(ErrorCode.InvalidParameterValue, () => Client.RenameRegisteredModel("old", " "));
        Assert.Equal("new", Client.RenameRegisteredModel("old", "new").Name);

        Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetRegisteredModel("old"));
        var model = Client.GetRegisteredModel("new");
        Assert.Equal(("1", "1"), (model.Tags["a"], model.Aliases["champion"]));
        var version = Client.GetModelVersionByAlias("new", "champion");
        Assert.Equal(("new", "2"), (version.Name, version.Tags["b"]));
    }

    [Fact]
    public void Nothing_is_left_of_a_deleted_model()
    {
        Client.CreateRegisteredModel("mnist", new Dictionary<string, string> { ["a"] = "1" });
        Client.CreateModelVersion("mnist", "s3://models/1", tags: new Dictionary<string, string> { ["b"] = "2" });
        Client.SetRegisteredModelAlias("mnist", "champion", "1");
        Client.DeleteRegisteredModel("mnist");

        Refused(ErrorCode.ResourceDoesNotExist, () => Client.DeleteRegisteredModel("mnist"));
        Assert.Empty(Client.SearchModelVersions());
        var again = Client.CreateRegisteredModel("mnist");
        Assert.Empty(again.Tags);
        Assert.Empty(again.Aliases);
        Assert.Equal("1", Client.CreateModelVersion("mnist", "s3://models/2").Version);
    }

    [Fact]
    public void A_model_that_is_not_there_is_answered_with_similar_names()
    {
        Assert.Contains("no registered model", Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetRegisteredModel("mnist")).Message, StringComparison.Ordinal);
        foreach (var name in (string[])["mnist", "mnist-cnn", "fashion", "cifar"])
            Client.CreateRegisteredModel(name);

        var message = Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetRegisteredModel("Mnits")).Message;
        Assert.Contains("There are 4 registered models; most similar: 'mnist', ", message, StringComparison.Ordinal);
        Assert.Contains("most similar", Refused(ErrorCode.ResourceDoesNotExist, () => Client.CreateModelVersion("Mnits", "s3://bucket/x")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public void A_page_has_1_to_1000_models(int size) => Refused(ErrorCode.InvalidParameterValue, () => Client.SearchRegisteredModels(maxResults: size));
}
