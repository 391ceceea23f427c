using System.Text;
using System.Text.Json.Nodes;

namespace MLflowSharp.Onnx;

/// <summary>The files of a model in MLflow's layout, all made and checked before the first is written.</summary>
internal sealed class OnnxModelFiles
{
    // What is enough to load the model: the first versions that read IR version 8, and a Python that MLflow can build an environment for.
    private const string PythonVersion = "3.11.7";
    private const string OnnxVersion = "1.12.0";
    private static readonly string[] Requirements = ["mlflow>=2.15", "numpy", "onnx>=1.12", "onnxruntime>=1.12"];

    private readonly Dictionary<string, byte[]> _files;

    private OnnxModelFiles(Model description, Dictionary<string, byte[]> files)
    {
        Description = description;
        _files = files;
    }

    public Model Description { get; }

    public static OnnxModelFiles Create(
        byte[] model, string artifactPath, string? runId, IReadOnlyList<float[]>? inputExample, TimeProvider? timeProvider)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var loaded = OnnxModel.Load(model);
        var files = new Dictionary<string, byte[]>
        {
            ["model.onnx"] = model,
            ["requirements.txt"] = Text(string.Join('\n', Requirements) + "\n"),
            ["conda.yaml"] = Text(ModelYaml.Write(CondaEnvironment())),
            ["python_env.yaml"] = Text(ModelYaml.Write(PythonEnvironment())),
        };
        if (inputExample is not null)
        {
            var rows = Rows(inputExample, loaded);
            files["input_example.json"] = Text(rows.ToJsonString());
            files["serving_input_example.json"] = Text(new JsonObject { ["inputs"] = rows }.ToJsonString());
        }

        var description = new Model
        {
            ArtifactPath = artifactPath,
            RunId = runId,
            Flavors = Flavors(),
            Signature = loaded.Signature,
            InputExampleType = inputExample is null ? null : "ndarray",
            SizeBytes = files.Values.Sum(content => (long)content.Length),
            TimeCreated = (timeProvider ?? TimeProvider.System).GetUtcNow(),
        };
        files[Model.FileName] = Text(description.ToYaml());
        return new OnnxModelFiles(description, files);
    }

    public void WriteTo(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var (name, content) in _files)
            File.WriteAllBytes(Path.Combine(directory, name), content);
    }

    private static JsonObject Flavors() => new()
    {
        ["onnx"] = new JsonObject
        {
            ["code"] = null,
            ["data"] = "model.onnx",
            ["onnx_session_options"] = null,
            ["onnx_version"] = OnnxVersion,
            ["providers"] = new JsonArray("CUDAExecutionProvider", "CPUExecutionProvider"),
        },
        ["python_function"] = new JsonObject
        {
            ["data"] = "model.onnx",
            ["env"] = new JsonObject { ["conda"] = "conda.yaml", ["virtualenv"] = "python_env.yaml" },
            ["loader_module"] = "mlflow.onnx",
            ["python_version"] = PythonVersion,
        },
    };

    private static JsonObject CondaEnvironment() => new()
    {
        ["channels"] = new JsonArray("conda-forge"),
        ["dependencies"] = new JsonArray(
            $"python={PythonVersion}",
            "pip",
            new JsonObject { ["pip"] = new JsonArray([.. Requirements.Select(requirement => (JsonNode)requirement)]) }),
        ["name"] = "mlflow-env",
    };

    private static JsonObject PythonEnvironment() => new()
    {
        ["python"] = PythonVersion,
        ["build_dependencies"] = new JsonArray("pip", "setuptools", "wheel"),
        ["dependencies"] = new JsonArray("-r requirements.txt"),
    };

    /// <summary>The example as JSON, after the model has scored it: an example that does not fit is found now and not by whoever tries it.</summary>
    private static JsonArray Rows(IReadOnlyList<float[]> example, OnnxModel model)
    {
        var width = model.Signature.Inputs[0].Shape[^1];
        if (example.Count == 0 || example.Any(row => row.Length != width || !row.All(float.IsFinite)))
        {
            throw new ArgumentException(
                $"The input example must be one or more rows of {width} finite values each, as the model takes them.", nameof(example));
        }

        model.Predict(example.SelectMany(row => row).ToArray());
        return new JsonArray([.. example.Select(row => new JsonArray([.. row.Select(value => (JsonNode)value)]))]);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
