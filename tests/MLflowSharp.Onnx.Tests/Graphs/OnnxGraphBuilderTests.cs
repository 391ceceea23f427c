namespace MLflowSharp.Onnx.Tests.Graphs;

public sealed class OnnxGraphBuilderTests
{
    [Fact]
    public void ONNX_Runtime_computes_what_the_graph_says_for_any_number_of_rows()
    {
        using var model = OnnxModel.Load(SmallModel.Create());

        float[] expected = [.. SmallModel.Expect(1, 2), .. SmallModel.Expect(-1, 0.25f), .. SmallModel.Expect(0, 0)];
        var scored = model.Predict(new float[] { 1, 2, -1, 0.25f, 0, 0 });

        Assert.All(scored.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        Assert.Equal(9, scored.Length);
    }

    [Fact]
    public void The_graph_tells_the_signature()
    {
        using var model = OnnxModel.Load(SmallModel.Create());

        Assert.Equal(
            """[{"type":"tensor","tensor-spec":{"dtype":"float32","shape":[-1,2]}}]""", ModelSignature.ToJson(model.Signature.Inputs));
        Assert.Equal([-1L, 3], ((TensorSpec)model.Signature.Outputs![0]).Shape);
    }

    [Fact]
    public void A_constant_whose_dimensions_do_not_fit_is_refused() =>
        Assert.Throws<ArgumentException>("dimensions", () => new OnnxGraphBuilder("g").Constant("c", new float[5], 2, 3));

    [Fact]
    public void A_node_that_takes_what_nothing_gives_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new OnnxGraphBuilder("g").Node("Relu", "y", ["x"]));

        Assert.Contains("no value named x", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_used_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => new OnnxGraphBuilder("g").Input("x", 1).Input("x", 2));
}
