using System.Text.Json.Nodes;

namespace MLflowSharp.TorchSharp.Tests.Autologging;

public sealed class DatasetDescriptionTests
{
    private static readonly Dictionary<string, string> NoTags = [];

    // What mlflow.data.from_numpy of MLflow 3.17.2 gives for the same arrays of float32 and int64.
    [Theory]
    [InlineData(3, 8, "0b0a9c65")]
    [InlineData(2000, 4, "6d96fce3")]
    public void The_digest_is_the_one_mlflow_gives_the_same_numbers(int rows, int divisor, string digest)
    {
        var inputs = Enumerable.Range(0, rows * 12).Select(value => value / (float)divisor).ToArray();
        var labels = rows == 3 ? new long[] { 0, 2, 1 } : [.. Enumerable.Range(0, rows).Select(row => row % 3L)];

        Assert.Equal(digest, DatasetDescription.Of(new LabeledData(inputs, labels), "train", NoTags).Dataset.Digest);
    }

    [Fact]
    public void Schema_and_profile_have_the_form_of_mlflows_numpy_datasets()
    {
        var dataset = DatasetDescription.Of(SyntheticData.Create(count: 3), "train", NoTags).Dataset;

        Assert.Equal(
            """{"features_shape":[3,12],"features_size":36,"features_nbytes":144,"targets_shape":[3],"targets_size":3,"targets_nbytes":24}""",
            dataset.Profile);
        var schema = JsonNode.Parse(dataset.Schema!)!["mlflow_tensorspec"]!;
        Assert.Equal("""[{"type":"tensor","tensor-spec":{"dtype":"float32","shape":[-1,12]}}]""", schema["features"]!.GetValue<string>());
        Assert.Equal("""[{"type":"tensor","tensor-spec":{"dtype":"int64","shape":[-1]}}]""", schema["targets"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("data/mnist/x.gz", "local", """{"uri":"data/mnist/x.gz"}""")]
    [InlineData("/scratch/x.gz", "local", """{"uri":"/scratch/x.gz"}""")]
    [InlineData("https://example.org/x.gz", "http", """{"url":"https://example.org/x.gz"}""")]
    [InlineData(null, "code", """{"tags":{"mlflow.user":"ada","mlflow.source.name":"lesson.ipynb"}}""")]
    public void The_source_says_where_the_data_comes_from(string? source, string type, string json)
    {
        var tags = new Dictionary<string, string> { ["mlflow.user"] = "ada", ["mlflow.source.name"] = "lesson.ipynb", ["mlflow.runName"] = "a" };

        var dataset = DatasetDescription.Of(SyntheticData.Create() with { Source = source }, "train", tags).Dataset;

        Assert.Equal((type, json), (dataset.SourceType, dataset.Source));
    }
}
