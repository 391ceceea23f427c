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
}
