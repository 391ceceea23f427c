using Microsoft.Extensions.Time.Testing;

namespace MLflowSharp.Onnx.Tests.Flavor;

public sealed class OnnxFlavorTests : IDisposable
{
    private static readonly float[][] Example = [[1, 2]];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Target => Path.Combine(_folder.FullName, "model");

    [Fact]
    public void A_saved_model_has_the_files_of_MLflows_layout()
    {
        OnnxFlavor.SaveModel(SmallModel.Create(), Target, Example);

        Assert.Equal(
            ["MLmodel", "conda.yaml", "input_example.json", "model.onnx", "python_env.yaml", "requirements.txt", "serving_input_example.json"],
            Directory.EnumerateFiles(Target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("[[1.0,2.0]]", Read("input_example.json"));
        Assert.Equal("""{"inputs":[[1.0,2.0]]}""", Read("serving_input_example.json"));
        Assert.Equal(SmallModel.Create(), File.ReadAllBytes(Path.Combine(Target, "model.onnx")));
    }

    [Fact]
    public void Its_MLmodel_names_flavors_signature_and_time()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 5, 6, 7, 123, TimeSpan.Zero));

        var model = OnnxFlavor.SaveModel(SmallModel.Create(), Target, Example, time);

        var lines = Read("MLmodel").Split('\n');
        Assert.Contains("flavors:", lines);
        Assert.Contains("    loader_module: mlflow.onnx", lines);
        Assert.Contains("  type: ndarray", lines);
        Assert.Contains("""  inputs: '[{"type":"tensor","tensor-spec":{"dtype":"float32","shape":[-1,2]}}]'""", lines);
        Assert.Contains("utc_time_created: '2026-11-24 05:06:07.123000'", lines);
        Assert.Equal(model.SizeBytes, Directory.EnumerateFiles(Target).Where(file => !file.EndsWith("MLmodel", StringComparison.Ordinal)).Sum(file => new FileInfo(file).Length));
    }

    [Fact]
    public void Without_an_example_none_is_written()
    {
        OnnxFlavor.SaveModel(SmallModel.Create(), Target);

        Assert.False(File.Exists(Path.Combine(Target, "input_example.json")));
        Assert.DoesNotContain("saved_input_example_info", Read("MLmodel"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_example_that_does_not_fit_is_refused_before_anything_is_written()
    {
        var misfit = Assert.Throws<MlflowException>(() => OnnxFlavor.SaveModel(SmallModel.Create(), Target, new float[,] { { 1, 2, 3 } }));
        var missing = Assert.Throws<MlflowException>(() => OnnxFlavor.SaveModel(SmallModel.Create(), Target, new float[,] { { 1, float.NaN } }));

        Assert.Equal("The input example does not fit the model. The input: expected shape (-1, 2), found (1, 3).", misfit.Message);
        Assert.Equal("The input example must be one or more rows of finite values.", missing.Message);

        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public void The_range_of_the_example_stays_with_the_model()
    {
        OnnxFlavor.SaveModel(SmallModel.Create(), Target, Example);

        Assert.Equal([new InputRange(1, 2)], Model.Load(Target).InputRanges);
    }

    [Fact]
    public void What_is_not_a_model_is_refused_before_anything_is_written()
    {
        Assert.Throws<InvalidDataException>(() => OnnxFlavor.SaveModel([0], Target));

        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public void A_folder_with_something_in_it_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "kept.txt"), "");

        Assert.Throws<IOException>(() => OnnxFlavor.SaveModel(SmallModel.Create(), _folder.FullName));
        Assert.Single(_folder.EnumerateFileSystemInfos());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Read(string name) => File.ReadAllText(Path.Combine(Target, name));
}
