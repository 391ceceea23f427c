namespace MLflowSharp.Tests.Stores.Suite;

public abstract class InputSuite<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    private static readonly Dataset Mnist = new("mnist", "6bbc9ace", "local", """{"uri": "data/mnist"}""", "{}", """{"num_rows": 60000}""");

    [Fact]
    public void A_dataset_is_stored_once_and_its_first_use_counts()
    {
        var other = Client.CreateRun("0").Info.RunId;
        Client.LogInputs(Run, [new(Mnist, [new("mlflow.data.context", "train")])]);
        Client.LogInputs(Run, [new(Mnist, [new("mlflow.data.context", "eval")])]);
        Client.LogInputs(other, [new(Mnist with { Source = "ignored" }, []), new(Mnist with { Digest = "another" }, [])]);

        var used = Assert.Single(Client.GetRun(Run).Inputs.DatasetInputs);
        Assert.Equal((Mnist, "train"), (used.Dataset, Assert.Single(used.Tags).Value));
        Assert.Equal(["6bbc9ace", "another"], Client.GetRun(other).Inputs.DatasetInputs.Select(input => input.Dataset.Digest).Order());
        Assert.Contains(Mnist, Client.GetRun(other).Inputs.DatasetInputs.Select(input => input.Dataset));
    }

    [Fact]
    public void Runs_found_by_a_search_bring_their_datasets_along()
    {
        Client.LogInputs(Run, [new(Mnist, [new("mlflow.data.context", "train"), new("fold", "2")])]);
        var input = Assert.Single(Assert.Single(Client.SearchRuns(["0"], "dataset.name = 'mnist'")).Inputs.DatasetInputs);
        Assert.Equal([("fold", "2"), ("mlflow.data.context", "train")], input.Tags.Select(tag => (tag.Key, tag.Value)).Order());
    }

    [Fact]
    public void The_datasets_of_experiments_are_listed_with_each_context()
    {
        var (other, experiment) = (Client.CreateRun("0").Info.RunId, Client.CreateExperiment("e"));
        Client.LogInputs(Run, [new(Mnist, [new("mlflow.data.context", "train")]), new(Mnist with { Digest = "2" }, [])]);
        Client.LogInputs(other, [new(Mnist, [new("mlflow.data.context", "eval")])]);
        Client.LogInputs(Client.CreateRun(experiment).Info.RunId, [new(Mnist with { Name = "cifar" }, [])]);

        Assert.Equal(
            [new("0", "mnist", "2", null), new("0", "mnist", "6bbc9ace", "eval"), new("0", "mnist", "6bbc9ace", "train")],
            Client.SearchDatasets(["0"]).OrderBy(found => found.Digest, StringComparer.Ordinal).ThenBy(found => found.Context, StringComparer.Ordinal));
        Assert.Equal("cifar", Assert.Single(Client.SearchDatasets([experiment])).Name);
        Assert.Empty(Client.SearchDatasets([]));
    }

    [Fact]
    public void Models_that_a_run_used_and_made_belong_to_MLflow_3()
    {
        if (!Store.HasLoggedModels)
        {
            Refused(ErrorCode.NotImplemented, () => Client.LogInputs(Run, [], [new("m-1")]));
            Refused(ErrorCode.NotImplemented, () => Client.LogOutputs(Run, [new("m-1", 0)]));
            Assert.Empty(Client.GetRun(Run).Outputs.ModelOutputs);
            return;
        }

        Client.LogInputs(Run, [new(Mnist, [])], [new("m-used")]);
        Client.LogOutputs(Run, [new("m-first", 3), new("m-second", 7)]);
        var run = Assert.Single(Client.SearchRuns(["0"]));
        // MLflow's searches leave out the models that runs used, and give those that they made.
        Assert.Equal("m-used", Assert.Single(Client.GetRun(Run).Inputs.ModelInputs).ModelId);
        Assert.Equal([new("m-first", 3), new LoggedModelOutput("m-second", 7)], run.Outputs.ModelOutputs.OrderBy(output => output.Step));
        Assert.Equal(run.Outputs.ModelOutputs, Client.GetRun(Run).Outputs.ModelOutputs);
        Assert.Single(run.Inputs.DatasetInputs);
    }
}
