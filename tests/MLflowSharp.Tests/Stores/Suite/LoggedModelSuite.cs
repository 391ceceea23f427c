namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>For stores of MLflow 3; those of MLflow 2 have <see cref="NoLoggedModelSuite{TStore}"/>.</summary>
/// <typeparam name="TStore">The kind of store.</typeparam>
public abstract class LoggedModelSuite<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    [Fact]
    public void What_is_created_is_read_back()
    {
        var tags = new Dictionary<string, string> { ["kind"] = "mlp", ["ünï code"] = "" };
        var parameters = new Dictionary<string, string> { ["layers"] = "3" };
        var created = Client.CreateLoggedModel("0", "model", Run, tags, parameters, "classifier");
        var read = Client.GetLoggedModel(created.ModelId);

        Assert.Matches("^m-[0-9a-f]{32}$", read.ModelId);
        Assert.Equal(("0", "model", Run, "classifier", LoggedModelStatus.Pending), (read.ExperimentId, read.Name, read.SourceRunId, read.ModelType, read.Status));
        Assert.EndsWith($"/models/{read.ModelId}/artifacts", read.ArtifactLocation, StringComparison.Ordinal);
        Assert.Equal(tags.OrderBy(tag => tag.Key), read.Tags.OrderBy(tag => tag.Key));
        Assert.Equal(parameters, read.Params);
        Assert.Equal($"models:/{read.ModelId}", read.ModelUri);
    }

    [Fact]
    public void A_name_may_be_left_out_but_not_be_misread()
    {
        Assert.NotEmpty(Client.CreateLoggedModel("0").Name);
        foreach (var name in (string[])["a/b", "a:b", "a.b", "a%b", "a'b", "a\"b"])
            Refused(ErrorCode.InvalidParameterValue, () => Client.CreateLoggedModel("0", name));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.CreateLoggedModel("12345", "model"));
        Assert.Single(Client.SearchLoggedModels(["0"]));
    }

    [Fact]
    public void Its_life_ends_ready_failed_or_deleted()
    {
        var model = Client.CreateLoggedModel("0", "model").ModelId;
        Assert.Equal(LoggedModelStatus.UploadFailed, Client.FinalizeLoggedModel(model, LoggedModelStatus.UploadFailed).Status);
        Assert.Equal(LoggedModelStatus.Ready, Client.FinalizeLoggedModel(model).Status);
        Assert.Equal(LoggedModelStatus.Ready, Client.GetLoggedModel(model).Status);
        Refused(ErrorCode.InvalidParameterValue, () => Client.FinalizeLoggedModel(model, LoggedModelStatus.Unspecified));
        Client.DeleteLoggedModel(model);
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetLoggedModel(model));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.FinalizeLoggedModel("m-00000000000000000000000000000000"));
        Assert.Empty(Client.SearchLoggedModels(["0"]));
    }

    [Fact]
    public void Tags_change_and_parameters_do_not()
    {
        var model = Client.CreateLoggedModel("0", "model", tags: new Dictionary<string, string> { ["a"] = "1" }, parameters: new Dictionary<string, string> { ["lr"] = "0.1" }).ModelId;
        Client.SetLoggedModelTags(model, new Dictionary<string, string> { ["a"] = "2", ["b"] = "3" });
        Client.DeleteLoggedModelTag(model, "b");
        Client.LogModelParams(model, new Dictionary<string, string> { ["lr"] = "0.1", ["layers"] = "3" });

        var read = Client.GetLoggedModel(model);
        Assert.Equal(("2", 1), (read.Tags["a"], read.Tags.Count));
        Assert.Equal([("layers", "3"), ("lr", "0.1")], read.Params.OrderBy(param => param.Key).Select(param => (param.Key, param.Value)));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.DeleteLoggedModelTag(model, "b"));
        Refused(ErrorCode.InvalidParameterValue, () => Client.LogModelParams(model, new Dictionary<string, string> { ["lr"] = "0.2" }));
        Refused(ErrorCode.InvalidParameterValue, () => Client.SetLoggedModelTags(model, new Dictionary<string, string> { [""] = "x" }));
        Assert.Equal("0.1", Client.GetLoggedModel(model).Params["lr"]);
    }

    [Fact]
    public void Metrics_of_a_run_can_be_a_models_too()
    {
        var model = Client.CreateLoggedModel("0", "model", Run).ModelId;
        Client.LogBatch(Run, [new("acc", 0.5, 1, 0) { ModelId = model }, new("acc", 0.75, 2, 1) { ModelId = model, DatasetName = "test", DatasetDigest = "x1" }, new("loss", 1, 2, 1)]);

        var metrics = Client.GetLoggedModel(model).Metrics.OrderBy(metric => metric.Step).ToList();
        Assert.Equal([(0.5, 0L, null), (0.75, 1L, "test")], metrics.Select(metric => (metric.Value, metric.Step, metric.DatasetName)));
        Assert.All(metrics, metric => Assert.Equal(("acc", model, Run), (metric.Key, metric.ModelId, metric.RunId)));
        Assert.Equal(1, Client.GetRun(Run).Data.Metrics["loss"]);
    }

    [Fact]
    public void A_registered_version_knows_its_model_run_and_files()
    {
        var model = Client.CreateLoggedModel("0", "model", Run);
        Client.FinalizeLoggedModel(model.ModelId);
        Client.CreateRegisteredModel("mnist");
        var version = Client.CreateModelVersion("mnist", model.ModelUri);

        Assert.Equal((model.ModelUri, Run, model.ModelId), (version.Source, version.RunId, version.ModelId));
        Assert.Equal(model.ArtifactLocation, Client.GetModelVersionDownloadUri("mnist", "1"));
        Client.CreateModelVersion("mnist", model.ModelUri);
        Assert.Equal([new("mnist", "1"), new LoggedModelRegistration("mnist", "2")], Client.GetLoggedModel(model.ModelId).Registrations);
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.CreateModelVersion("mnist", "models:/m-00000000000000000000000000000000"));
    }
}
