using System.Text.Json.Nodes;

namespace MLflowSharp.Onnx.Tests.Loading;

/// <summary>Models that MLflow for Python saved give the outputs that were recorded there.</summary>
public sealed class GoldenModelTests
{
    [Theory]
    [InlineData("onnx-2.15.1", "2.15.1")]
    [InlineData("onnx-2.22.5", "2.22.5")]
    [InlineData("onnx-3.3.2", "3.3.2")]
    [InlineData("onnx-3.17.2", "3.17.2")]
    [InlineData("external-data-3.17.2", "3.17.2")]
    [InlineData("torch-cnn-3.17.2", "3.17.2")]
    public void A_model_of_Python_gives_the_recorded_outputs(string name, string version)
    {
        using var model = LoadedModel.Load(Fixture(name));
        var expected = Expected(name);
        var (values, shape) = Flatten(expected["inputs"]!);

        var outputs = model.Predict(ModelTensor.Of(values.Select(value => (float)value).ToArray(), shape));

        Assert.Equal(version, model.Metadata.MlflowVersion);
        var example = model.InputExample!.Tensor.As<float>();
        Assert.Equal(values.Take(example.Count).Select(value => (float)value), example.Values.ToArray());
        Assert.Equal("onnx", model.Flavor);
        foreach (var (output, recorded) in (expected["outputs"] ?? expected["pyfunc"])!.AsObject())
            AssertClose(recorded!, outputs[output]);
    }

    [Fact]
    public void A_model_of_scikit_learn_takes_columns_where_pyfunc_fails()
    {
        using var model = LoadedModel.Load(Fixture("sklearn-columns-3.17.2"));
        var expected = Expected("sklearn-columns-3.17.2");
        var columns = Columns(expected["inputs"]!);

        var outputs = model.Predict(ModelData.Of(columns));

        foreach (var (output, recorded) in expected["outputs"]!.AsObject())
            AssertClose(recorded!, outputs[output]);
        Assert.Equal(columns.Select(column => column.Key), model.InputExample!.Names);
        Assert.Equal(outputs["label"].As<long>()[0], model.Predict(model.InputExample)["label"].As<long>()[0]);
    }

    [Fact]
    public void Columns_come_in_any_order_and_as_records()
    {
        using var model = LoadedModel.Load(Fixture("sklearn-columns-3.17.2"));
        var expected = Expected("sklearn-columns-3.17.2");
        var columns = Enumerable.Reverse(Columns(expected["inputs"]!)).ToList();
        var records = Enumerable.Range(0, 4).Select(row => columns.ToDictionary(column => column.Key, column => (object?)column.Value.As<float>()[row]));

        var outputs = model.Predict(ModelData.FromRecords(records));

        AssertClose(expected["outputs"]!["label"]!, outputs["label"]);
    }

    [Fact]
    public void The_description_of_a_golden_model_is_read_whole()
    {
        var description = Model.Load(Fixture("sklearn-columns-3.17.2"));

        Assert.Equal("610ccec998454d50a88afcd2a2b2dacc", description.Uuid);
        Assert.Equal(1157, description.SizeBytes);
        Assert.Equal("dataframe", description.InputExampleType);
        Assert.Equal(new ColSpec("float", "sepal length (cm)"), description.Signature!.Inputs[0]);
        Assert.Equal(4, description.Signature.Inputs.Count);
        Assert.Equal("int64 (-1,)", description.Signature.Outputs!.Single().ToString());
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 22, 54, 37, 611, TimeSpan.Zero).AddMicroseconds(454), description.TimeCreated);
        Assert.Equal(["onnx", "python_function"], description.Flavors.Select(flavor => flavor.Key));
    }

    [Fact]
    public void Many_threads_score_with_one_model()
    {
        using var model = LoadedModel.Load(Fixture("onnx-3.17.2"));
        var expected = Expected("onnx-3.17.2");
        var (values, shape) = Flatten(expected["inputs"]!);
        var input = ModelTensor.Of(values.Select(value => (float)value).ToArray(), shape);

        Parallel.For(0, 200, _ => AssertClose(expected["pyfunc"]!["probabilities"]!, model.Predict(input)["probabilities"]));
    }

    [Fact]
    public void A_model_without_its_weights_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory();
        foreach (var file in Directory.EnumerateFiles(Fixture("external-data-3.17.2")).Where(file => !file.EndsWith(".data", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));

        var error = Assert.Throws<MlflowException>(() => LoadedModel.Load(folder.FullName));

        Assert.Equal(ErrorCode.DataLoss, error.ErrorCode);
        Assert.Contains("ONNX Runtime cannot load", error.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", "Models", name);

    private static JsonNode Expected(string name) => JsonNode.Parse(File.ReadAllText(Fixture(name) + ".expected.json"))!;

    private static List<KeyValuePair<string, ModelTensor>> Columns(JsonNode split) =>
        [.. split["columns"]!.AsArray().Select((name, index) => KeyValuePair.Create(
            (string)name!, (ModelTensor)ModelTensor.Of(split["data"]!.AsArray().Select(row => (float)row![index]!).ToArray())))];

    private static (double[] Values, long[] Shape) Flatten(JsonNode node)
    {
        var shape = new List<long>();
        for (var level = node; level is JsonArray list; level = list[0]!)
            shape.Add(list.Count);
        return ([.. Values(node)], [.. shape]);
    }

    private static IEnumerable<double> Values(JsonNode node) => node is JsonArray list ? list.SelectMany(item => Values(item!)) : [(double)node];

    private static void AssertClose(JsonNode recorded, ModelTensor given)
    {
        var (values, shape) = Flatten(recorded);
        Assert.Equal(shape, given.Shape);
        Assert.All(values.Zip(given.AsType<double>().Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }
}
