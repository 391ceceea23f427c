namespace MLflowSharp.Onnx.Tests.Scoring;

public sealed class OnnxModelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public void A_model_loads_from_its_file_and_from_its_folder()
    {
        var file = Path.Combine(_folder.FullName, "model.onnx");
        File.WriteAllBytes(file, SmallModel.Create());

        using var byFile = OnnxModel.Load(file);
        using var byFolder = OnnxModel.Load(_folder.FullName);

        Assert.Equal(byFile.Predict(new float[] { 1, 2 }), byFolder.Predict(new float[] { 1, 2 }));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<FileNotFoundException>(() => OnnxModel.Load(_folder.FullName));

        Assert.Contains(Path.Combine(_folder.FullName, "model.onnx"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_a_model_is_refused()
    {
        var error = Assert.Throws<InvalidDataException>(() => OnnxModel.Load([1, 2, 3]));

        Assert.StartsWith("ONNX Runtime cannot load the model given:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_two_outputs_gives_both_by_name()
    {
        using var model = OnnxModel.Load(Two());

        var outputs = model.Predict(new float[,] { { 2 }, { -3 } }, new Dictionary<string, object?>());

        Assert.Equal(["a", "b"], outputs.Names);
        Assert.Equal([2, 0], outputs["a"].As<float>().Values.ToArray());
        Assert.Equal([-2, 3], outputs["b"].As<float>().Values.ToArray());
    }

    [Fact]
    public void A_model_with_two_outputs_does_not_give_a_single_one()
    {
        using var model = OnnxModel.Load(Two());

        var error = Assert.Throws<ArgumentException>(() => model.Predict(new float[] { 1 }));

        Assert.Contains("gives a float32 (-1, 1), b float32 (-1, 1)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Values_that_do_not_make_whole_rows_are_refused(int count)
    {
        using var model = OnnxModel.Load(SmallModel.Create());

        Assert.Throws<ArgumentException>("rows", () => model.Predict(new float[count]));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] Two() => new OnnxGraphBuilder("two").Input("x", 1).Node("Relu", "a", ["x"]).Node("Neg", "b", ["x"]).Output("a", 1).Output("b", 1).Build();
}
