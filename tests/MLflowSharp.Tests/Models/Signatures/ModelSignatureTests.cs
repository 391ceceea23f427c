namespace MLflowSharp.Tests.Models.Signatures;

public sealed class ModelSignatureTests
{
    [Fact]
    public void Columns_are_inferred_with_their_types_and_what_may_be_missing()
    {
        var data = ModelData.FromRecords([new { age = 3, weight = (double?)2.5, name = "a", tall = true }, new { age = 4, weight = (double?)null, name = "b", tall = false }]);

        var signature = ModelSignature.Infer(data, ModelTensor.Of(new float[] { 1, 2 }, 2, 1));

        Assert.Equal(
            """[{"type":"integer","required":true,"name":"age"},{"type":"double","required":false,"name":"weight"},{"type":"string","required":true,"name":"name"},{"type":"boolean","required":true,"name":"tall"}]""",
            ModelSignature.ToJson(signature.Inputs));
        Assert.Equal("""[{"type":"tensor","tensor-spec":{"dtype":"float32","shape":[-1,1]}}]""", ModelSignature.ToJson(signature.Outputs!));
        Assert.False(signature.TakesTensors);
    }

    [Fact]
    public void A_signature_with_everything_comes_back_from_the_file()
    {
        var model = new Model
        {
            ArtifactPath = "model",
            Flavors = new() { ["x"] = new System.Text.Json.Nodes.JsonObject() },
            Signature = new(
                [new TensorSpec("float32", [-1, 1, 28, 28], "image"), new TensorSpec("int64", [-1], "size")],
                [new ColSpec("string", null)],
                [new("top", "long", 3L), new("names", "string", new List<object?> { "a" }, [-1])]),
            InputExampleType = "dataframe",
            Metadata = new() { ["input_ranges"] = new System.Text.Json.Nodes.JsonArray(new InputRange(0, 0.5, "image").ToJson()) },
            TimeCreated = DateTimeOffset.UnixEpoch,
        };

        var read = Model.Parse(model.ToYaml());

        Assert.Equal(model.ToYaml(), read.ToYaml());
        Assert.Equal([new InputRange(0, 0.5, "image")], read.InputRanges);
        Assert.Equal("names", read.Signature!.Params![1].Name);
    }

    [Fact]
    public void A_column_of_lists_keeps_its_parts()
    {
        const string Inputs = """[{"type":"array","items":{"type":"string"},"required":true,"name":"words"}]""";
        var model = Model.Parse($"flavors:\n  x: {{}}\nsignature:\n  inputs: '{Inputs}'\n");

        Assert.Equal(Inputs, ModelSignature.ToJson(model.Signature!.Inputs));
    }
}
