using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MLflowSharp.Onnx;

/// <summary>The files of a model in MLflow's layout, all made and checked before the first is written.</summary>
internal static class OnnxModelFiles
{
    // What is enough to load the model: the first versions that read IR version 8, and a Python that MLflow can build an environment for.
    private const string PythonVersion = "3.11.7";
    private const string OnnxVersion = "1.12.0";
    private static readonly string[] Requirements = ["mlflow>=2.15", "numpy", "onnx>=1.12", "onnxruntime>=1.12"];

    public static ModelFiles Create(
        byte[] model, string artifactPath, string? runId, IReadOnlyList<float[]>? inputExample, bool signature, TimeProvider? timeProvider)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var loaded = OnnxModel.Load(model);
        var contents = Contents(model);
        if (inputExample is not null)
        {
            var rows = Rows(inputExample, loaded);
            contents["input_example.json"] = Text(rows);
            contents["serving_input_example.json"] = Text($$"""{"inputs":{{rows}}}""");
        }

        var description = new Model
        {
            ArtifactPath = artifactPath,
            RunId = runId,
            Flavors = Flavors(),
            Signature = signature ? loaded.Signature : null,
            InputExampleType = inputExample is null ? null : "ndarray",
            SizeBytes = contents.Values.Sum(content => (long)content.Length),
            TimeCreated = (timeProvider ?? TimeProvider.System).GetUtcNow(),
        };
        return new ModelFiles(description, contents);
    }

    /// <summary>The files that the flavors need: the model, and what Python makes an environment from.</summary>
    public static Dictionary<string, byte[]> Contents(byte[] model) => new()
    {
        ["model.onnx"] = model,
        ["requirements.txt"] = Text(string.Join('\n', Requirements) + "\n"),
        ["conda.yaml"] = Text(ModelYaml.Write(CondaEnvironment())),
        ["python_env.yaml"] = Text(ModelYaml.Write(PythonEnvironment())),
    };

    /// <summary>What <c>MLmodel</c> says of an ONNX model: the flavors <c>onnx</c> and <c>python_function</c>.</summary>
    public static JsonObject Flavors() => new()
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
    private static string Rows(IReadOnlyList<float[]> example, OnnxModel model)
    {
        var shape = model.Signature.Inputs[0].Shape;
        var width = shape.Skip(1).Aggregate(1L, (size, dimension) => size * dimension);
        if (example.Count == 0 || example.Any(row => row.Length != width || !row.All(float.IsFinite)))
        {
            throw new ArgumentException(
                $"The input example must be one or more rows of {width} finite values each, as the model takes them.", nameof(example));
        }

        model.Predict(example.SelectMany(row => row).ToArray());
        return Nested([.. example.SelectMany(row => row).Select(Number)], [example.Count, .. shape.Skip(1)]);
    }

    /// <summary>Lists within lists, as NumPy writes an array of this shape.</summary>
    private static string Nested(IReadOnlyList<string> items, IReadOnlyList<long> shape)
    {
        // From the innermost dimension out: each step joins as many items into a list as the dimension is long.
        foreach (var size in shape.Reverse())
            items = [.. items.Chunk((int)size).Select(chunk => $"[{string.Join(",", chunk)}]")];

        return items[0];
    }

    /// <summary>Always with a point or an exponent: Python reads whole numbers as integers, which a model of 32-bit floats refuses.</summary>
    private static string Number(float value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
