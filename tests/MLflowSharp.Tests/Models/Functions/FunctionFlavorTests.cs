namespace MLflowSharp.Tests.Models.Functions;

public sealed class FunctionFlavorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => Path.Combine(_folder.FullName, "model");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_static_method_comes_back_as_a_model_with_its_signature()
    {
        var saved = FunctionFlavor.SaveModel(Double, Target, new[,] { { 1f, 2f }, { 3f, 4f } });

        using var model = LoadedModel.Load(Target);
        Assert.Equal("dotnet", model.Flavor);
        Assert.Equal([20f, 40f], model.Predict(new[,] { { 10f, 20f } }).Tensor.As<float>().Values.ToArray());
        Assert.Equal("float32 (-1, 2)", saved.Signature!.Inputs.Single().ToString());
        Assert.Equal("float32 (-1, 2)", saved.Signature.Outputs!.Single().ToString());
        Assert.Equal([new InputRange(1, 4)], saved.InputRanges);
        Assert.True(File.Exists(Path.Combine(Target, "code", "MLflowSharp.Tests.dll")));
        Assert.False(File.Exists(Path.Combine(Target, "code", "MLflowSharp.dll")));
    }

    [Fact]
    public void A_lambda_that_captures_nothing_takes_columns()
    {
        FunctionFlavor.SaveModel(
            flowers => ModelTensor.Of(flowers["height"].As<double>().Values.ToArray().Select(height => height > 1).ToArray()), Target, ModelData.FromColumns(new { height = new[] { 0.5, 1.5 } }));

        using var model = LoadedModel.Load(Target);
        Assert.Equal([true], model.Predict(ModelData.FromRecords([new { height = 2 }])).Tensor.As<bool>().Values.ToArray());
        Assert.Equal("""{"columns":["height"],"data":[[0.5],[1.5]]}""", File.ReadAllText(Path.Combine(Target, "input_example.json")));
        Assert.Equal("""{"dataframe_split":{"columns":["height"],"data":[[0.5],[1.5]]}}""", File.ReadAllText(Path.Combine(Target, "serving_input_example.json")));
    }

    [Fact]
    public void A_lambda_that_captures_something_is_refused_by_its_name()
    {
        var factor = Random.Shared.Next();

        var target = Target;
        var error = Assert.Throws<MlflowException>(() => FunctionFlavor.SaveModel(data => factor > 0 ? data : target.Length > 0 ? data : data, target, new[] { 1f }));

        Assert.Equal("The lambda uses what its program holds (factor, target), which does not come along. Give a static method, with such values as constants.", error.Message);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public void A_model_whose_assembly_is_gone_is_refused()
    {
        FunctionFlavor.SaveModel(Double, Target, new[,] { { 1f } });
        Directory.Delete(Path.Combine(Target, "code"), recursive: true);

        var error = Assert.Throws<MlflowException>(() => LoadedModel.Load(Target));

        Assert.Equal($"The model's assembly 'code/MLflowSharp.Tests.dll' is not in {Target}. Copy the whole folder of the model.", error.Message);
    }

    private static ModelData Double(ModelData data) => ModelTensor.Of(data.Tensor.As<float>().Values.ToArray().Select(value => 2 * value).ToArray(), [.. data.Tensor.Shape]);
}
