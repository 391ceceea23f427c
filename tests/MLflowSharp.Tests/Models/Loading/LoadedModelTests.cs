using MLflowSharp.Tests.Fluent;

namespace MLflowSharp.Tests.Models.Loading;

public sealed class LoadedModelTests : FluentTest
{
    private static readonly ParamSpec[] Params = [new("temperature", "double", 1.0), new("top", "long", 3L), new("names", "string", null, [-1])];

    private string Target => Path.Combine(Folder.FullName, "model");

    [Fact]
    public void A_folder_loads_without_a_store()
    {
        using var model = EchoFlavor.Load(Target, new([new TensorSpec("int64", [-1])]));

        Assert.Equal([1, 2], model.Predict(new long[] { 1, 2 }).Tensor.As<long>().Values.ToArray());
        Assert.Equal($"{Target} (echo): int64 (-1,)", model.ToString());
    }

    [Fact]
    public void A_model_loads_by_run_alias_version_and_identifier()
    {
        ModelFlavors.Register(new EchoFlavor());
        var logged = Mlflow.LogModel(run => new(
            new() { ArtifactPath = "model", RunId = run, Flavors = new() { ["echo"] = new System.Text.Json.Nodes.JsonObject() }, TimeCreated = DateTimeOffset.UnixEpoch },
            new Dictionary<string, byte[]>()));
        Mlflow.RegisterModel(logged.ModelUri!, "digits");
        using var client = Folder.NewClient();
        client.SetRegisteredModelAlias("digits", "champion", "1");

        foreach (var uri in (string[])[logged.ModelUri!, $"runs:/{logged.RunId}/model", "models:/digits/1", "models:/digits@champion", "models:/digits/latest"])
        {
            using var model = Mlflow.LoadModel(uri);
            Assert.Equal((logged.ModelId, logged.RunId), (model.Metadata.ModelId, model.Metadata.RunId));
        }
    }

    [Fact]
    public void A_folder_without_a_model_is_refused()
    {
        var error = Assert.Throws<MlflowException>(() => LoadedModel.Load(Folder.FullName));

        Assert.Equal(ErrorCode.ResourceDoesNotExist, error.ErrorCode);
        Assert.Equal($"There is no model in '{Folder.FullName}': no file MLmodel. Give the folder that has it.", error.Message);
    }

    [Theory]
    [InlineData("models", "models/digits")]
    [InlineData("models/digit", "models/digits")]
    public void A_folder_near_a_model_is_refused_with_the_model(string asked, string meant)
    {
        EchoFlavor.Write(Path.Combine(Folder.FullName, "models", "digits"), null);
        EchoFlavor.Write(Path.Combine(Folder.FullName, "models", "letters"), null);
        var uri = $"{Folder.FullName}/{asked}";

        foreach (var error in (MlflowException[])[Assert.Throws<MlflowException>(() => Mlflow.LoadModel(uri)), Assert.Throws<MlflowException>(() => Mlflow.RegisterModel(uri, "digits"))])
        {
            Assert.Equal(ErrorCode.ResourceDoesNotExist, error.ErrorCode);
            Assert.Equal($"There is no model at '{uri}': no file MLmodel in {uri}. Did you mean {Folder.FullName}/{meant}?", error.Message);
        }
    }

    [Theory]
    [InlineData("", "It is empty.")]
    [InlineData("- a\n", "It holds no map.")]
    [InlineData("run_id: 1\n", "it has no flavors")]
    public void A_damaged_description_is_refused(string yaml, string why)
    {
        var error = Assert.Throws<MlflowException>(() => Model.Parse(yaml, "x/MLmodel"));

        Assert.Equal(ErrorCode.DataLoss, error.ErrorCode);
        Assert.StartsWith($"'x/MLmodel' is not a description of a model: {why}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flavor_that_is_not_there_is_named_with_what_to_do()
    {
        var model = Model.Parse("flavors:\n  sklearn:\n    pickled_model: model.pkl\n");

        var error = Assert.Throws<MlflowException>(() => ModelFlavors.Choose(model, null, "models:/iris/1"));

        Assert.StartsWith("The model models:/iris/1 has no flavor that can be loaded from .NET, only: sklearn. Log it as ONNX from Python", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flavor_whose_package_is_missing_names_the_package()
    {
        var model = Model.Parse("flavors:\n  onnx:\n    data: model.onnx\n");

        var error = Assert.Throws<MlflowException>(() => ModelFlavors.Choose(model, null, "models:/iris/1"));

        Assert.Equal("The model models:/iris/1 needs the flavor 'onnx', which is in MLflowSharp.Onnx. Add a reference to it, in a notebook #r \"MLflowSharp.Onnx.dll\".", error.Message);
    }

    [Fact]
    public async Task A_model_disposed_while_it_scores_is_freed_when_that_is_done()
    {
        var flavor = new EchoFlavor();
        EchoFlavor.Write(Target, null);
        using var gate = flavor.Scorer.Gate = new();
        var model = new LoadedModel(Target, Target, Model.Load(Target), "echo", flavor.Scorer, _ => { }, null);
        var scoring = Task.Run(() => model.Predict(new[] { 1f }), TestContext.Current.CancellationToken);
        flavor.Scorer.Entered.Wait(TestContext.Current.CancellationToken);

        model.Dispose();

        Assert.False(flavor.Scorer.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => model.Predict(new[] { 1f }));
        gate.Set();
        await scoring;
        Assert.True(flavor.Scorer.IsDisposed);
    }

    [Fact]
    public void Parameters_take_their_defaults_and_are_checked()
    {
        var warnings = new List<string>();
        var flavor = new EchoFlavor();
        EchoFlavor.Write(Target, new([new TensorSpec("float32", [-1])], null, Params));
        using var model = new LoadedModel(Target, Target, Model.Load(Target), "echo", flavor.Scorer, warnings.Add, null);

        model.Predict(new[] { 1f }, new Dictionary<string, object?> { ["temperature"] = 2, ["names"] = new[] { "a" }, ["other"] = 1 });

        Assert.Equal(2.0, flavor.Scorer.Parameters["temperature"]);
        Assert.Equal(3L, flavor.Scorer.Parameters["top"]);
        Assert.Equal(["a"], (IEnumerable<object?>)flavor.Scorer.Parameters["names"]!);
        Assert.Equal(["The model does not know these parameters, which are ignored: other. It knows: temperature, top, names."], warnings);
        var error = Assert.Throws<MlflowException>(() => model.Predict(new[] { 1f }, new Dictionary<string, object?> { ["top"] = "many" }));
        Assert.Equal("Parameter 'top': expected long, found string.", error.Message);
    }
}
