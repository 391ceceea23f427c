using CSharpKernel.Tests;
using MLflowSharp;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Models;

/// <summary>Functions of a notebook's cells as models: logged by the client inside the kernel, and loaded by the one outside, which knows no kernel.</summary>
public sealed class NotebookFunctionTests : IDisposable
{
    private const string Numbers = "new[,] { { 1f, 2f } }";

    private readonly Notebook _notebook = new();

    private static string Reference => $"#r \"{typeof(Mlflow).Assembly.Location}\"\nusing MLflowSharp;";

    private string Target => Path.Combine(_notebook.Folder, "model");

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("", "static data => ModelTensor.Of(data.Tensor.As<float>().Values.ToArray().Select(value => 3 * value).ToArray(), [.. data.Tensor.Shape])")]
    [InlineData("", "data => ModelTensor.Of(data.Tensor.As<float>().Values.ToArray().Select(value => 3 * value).ToArray(), [.. data.Tensor.Shape])")]
    [InlineData("ModelData Predict(ModelData data) { var scaled = data.Tensor.As<float>().Values.ToArray(); for (var i = 0; i < scaled.Length; i++) scaled[i] *= 3; return ModelTensor.Of(scaled, [.. data.Tensor.Shape]); }", "Predict")]
    [InlineData("static ModelData Predict(ModelData data) => ModelTensor.Of(data.Tensor.As<float>().Values.ToArray().Select(value => 3 * value).ToArray(), [.. data.Tensor.Shape]);", "Predict")]
    [InlineData("float Triple(float value) => 3 * value;\n---\nfloat[] All(ModelData data) => [.. data.Tensor.As<float>().Values.ToArray().Select(Triple)];", "data => ModelTensor.Of(All(data), [.. data.Tensor.Shape])")]
    [InlineData("abstract class Step { public abstract float Of(float value); }\n---\nclass Times(int factor) : Step { public override float Of(float value) => factor * value; }\nstatic class Steps { public static readonly Step First = new Times(3); }", "data => ModelTensor.Of(data.Tensor.As<float>().Values.ToArray().Select(Steps.First.Of).ToArray(), [.. data.Tensor.Shape])")]
    [InlineData("namespace Shop { public record struct Price(float Amount) { public Price Times(int by) => new(by * Amount); } public static class Prices { public static float Tripled(this float value) => new Price(value).Times(3).Amount; } }\n---\nusing Shop;", "data => ModelTensor.Of(data.Tensor.As<float>().Values.ToArray().Select(value => value.Tripled()).ToArray(), [.. data.Tensor.Shape])")]
    [InlineData("const int Factor = 3;", "static data => ModelTensor.Of(data.Tensor.As<float>().Values.ToArray().Select(value => Factor * value).ToArray(), [.. data.Tensor.Shape])")]
    [InlineData("T[] Each<T>(IEnumerable<T> values, Func<T, T> change) { var list = new List<T>(); foreach (var value in values) list.Add(change(value)); return [.. list]; }", "data => ModelTensor.Of(Each(data.Tensor.As<float>().Values.ToArray(), value => value * 3), [.. data.Tensor.Shape])")]
    public async Task A_function_that_uses_no_value_of_its_notebook_is_a_model_anywhere(string cells, string function)
    {
        await _notebook.RunWellAsync(Reference + "\nvar unused = new System.Text.StringBuilder(\"not needed\");");
        foreach (var cell in cells.Split("\n---\n"))
            await _notebook.RunWellAsync(cell);
        await _notebook.RunWellAsync($"var saved = FunctionFlavor.SaveModel({function}, \"{Target}\", {Numbers});");

        using var model = LoadedModel.Load(Target);
        Assert.Equal([30f, 60f], model.Predict(new[,] { { 10f, 20f } }).Tensor.As<float>().Values.ToArray());
        Assert.All(Directory.GetFiles(Path.Combine(Target, "code")), file => Assert.DoesNotMatch("CSharpKernel|CodeAnalysis|MLflowSharp", Path.GetFileName(file)));
    }

    [Theory]
    [InlineData("var factor = 3f;", "data => factor > 1 ? data : data", "The lambda uses what its program holds (factor), ")]
    [InlineData("var factor = 3f; string label { get; set; } = \"x\";", "data => label.Length > factor ? data : data", "The lambda uses what its program holds (factor, label), ")]
    [InlineData("var factor = 3f;\n---\nModelData Predict(ModelData data) => factor > 1 ? data : data;", "Predict", "The function Predict uses what its program holds (factor), ")]
    [InlineData("var factor = 3f;\n---\nbool IsLarge() => factor > 1;\n---\nModelData Predict(ModelData data) => IsLarge() ? data : data;", "Predict", "The function Predict uses what its program holds (factor), ")]
    [InlineData("static class Settings { public static float Factor = 3; }", "static data => Settings.Factor > 1 ? data : data", "The lambda uses what its program holds (Settings.Factor), ")]
    [InlineData("Func<ModelData, ModelData> Make(float factor) => data => factor > 1 ? data : data;", "Make(3)", "The lambda uses what its program holds (factor), ")]
    [InlineData("class Net { float weight = 3; public ModelData Score(ModelData data) => weight > 1 ? data : data; }", "new Net().Score", "The function Score uses what its program holds (weight), ")]
    public async Task A_function_that_uses_a_variable_is_refused_by_its_name_and_nothing_is_written(string cells, string function, string why)
    {
        await _notebook.RunWellAsync(Reference);
        foreach (var cell in cells.Split("\n---\n"))
            await _notebook.RunWellAsync(cell);

        var output = await _notebook.RunAsync($"FunctionFlavor.SaveModel({function}, \"{Target}\", {Numbers})");

        Assert.Contains(why, output.Outcome.Error!.Value, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task A_model_that_the_kernels_process_logged_is_loaded_in_another_process()
    {
        using var course = new Course();
        course.WriteNotebook("notebooks/model.ipynb",
            Reference,
            "class Half { public float Of(float value) { while (value > 100) value /= 2; return value / 2; } }",
            $"FunctionFlavor.SaveModel(data => ModelTensor.Of(data.Tensor.As<float>().Values.ToArray().Select(new Half().Of).ToArray(), [.. data.Tensor.Shape]), \"{Target}\", {Numbers});");

        Assert.Equal(ExitCode.Success, await course.TypeAsync("check", course.PathOf("notebooks/model.ipynb"), "--lax"));

        using var model = LoadedModel.Load(Target);
        Assert.Equal([5f, 10f], model.Predict(new[,] { { 10f, 20f } }).Tensor.As<float>().Values.ToArray());
    }
}
