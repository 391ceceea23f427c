using System.Text.Json.Nodes;

namespace MLflowSharp.Onnx;

/// <summary>The files of a model in MLflow's layout, all made and checked before the first is written.</summary>
internal static class OnnxModelFiles
{
    private const string FileName = "model.onnx";

    // What is enough to load the model: the first versions that read IR version 8.
    private const string OnnxVersion = "1.12.0";
    private static readonly string[] Requirements = ["mlflow>=2.15", "numpy", "onnx>=1.12", "onnxruntime>=1.12"];

    /// <summary>Makes the files.</summary>
    /// <param name="model">The whole content of an ONNX file.</param>
    /// <param name="name">The model's name, or its folder among the run's artifacts.</param>
    /// <param name="runId">The run that made it; null outside any run.</param>
    /// <param name="inputExample">Data that it takes; they are scored once to see that they fit.</param>
    /// <param name="signature">Whether to say what it takes and gives.</param>
    /// <param name="ranges">Data that it learned from, for the range of their values; null for the example.</param>
    /// <param name="timeProvider">Where the time of making is read from; null for the system's clock.</param>
    /// <param name="named">Whether the signature names the only tensor, too, because it is called by its name elsewhere.</param>
    /// <param name="own">Another flavor beside it with its files; null for none.</param>
    /// <exception cref="InvalidDataException">ONNX Runtime cannot load the model.</exception>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the example does not fit the model.</exception>
    public static ModelFiles Create(
        byte[] model,
        string name,
        string? runId,
        ModelData? inputExample,
        bool signature = true,
        ModelData? ranges = null,
        TimeProvider? timeProvider = null,
        bool named = false,
        (string Name, JsonObject Settings, IReadOnlyDictionary<string, byte[]> Contents)? own = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var loaded = OnnxModel.Load(model);
        var example = inputExample is null ? null : Scored(inputExample, loaded);
        var (flavors, contents) = (Flavors(), Contents(model));
        if (own is { } other)
        {
            flavors[other.Name] = other.Settings;
            foreach (var (path, content) in other.Contents)
                contents[path] = content;
        }

        return ModelFiles.Create(name, runId, flavors, contents, signature ? named ? loaded.NamedSignature : SignatureOf(loaded, example) : null, example, ranges, timeProvider);
    }

    /// <summary>The files that the flavors need: the model, and what Python makes an environment from.</summary>
    private static Dictionary<string, byte[]> Contents(byte[] model) => new([new(FileName, model), .. PythonFiles.Of(Requirements)]);

    /// <summary>What <c>MLmodel</c> says of an ONNX model: the flavors <c>onnx</c> and <c>python_function</c>.</summary>
    private static JsonObject Flavors() => new()
    {
        ["onnx"] = new JsonObject
        {
            ["code"] = null,
            ["data"] = FileName,
            ["onnx_session_options"] = null,
            ["onnx_version"] = OnnxVersion,
            ["providers"] = new JsonArray("CUDAExecutionProvider", "CPUExecutionProvider"),
        },
        ["python_function"] = PythonFiles.Flavor("mlflow.onnx", FileName),
    };

    /// <summary>The graph's own tensors; columns where the example has columns that the graph takes side by side.</summary>
    private static ModelSignature SignatureOf(OnnxModel model, ModelData? example) =>
        example is { IsTable: true } && model.Signature.Inputs is [TensorSpec { Shape.Count: 2 }]
            ? ModelSignature.Infer(example) with { Outputs = model.Signature.Outputs }
            : model.Signature;

    /// <summary>The example in the shape of the graph, after the model has scored it: one that does not fit is found now and not by whoever tries it.</summary>
    private static ModelData Scored(ModelData example, OnnxModel model)
    {
        if (!example.IsNamed && model.Signature.Inputs is [TensorSpec { Shape: var shape }] && example.Tensor.Shape.Count > 0
            && shape.Skip(1).All(size => size > 0) && example.Tensor.Count == example.RowCount * shape.Skip(1).Aggregate(1L, (size, dimension) => size * dimension))
        {
            example = example.Tensor.Reshape([example.RowCount, .. shape.Skip(1)]);
        }

        if (example.RowCount == 0 || (!example.IsTable && example.Any(tensor => tensor.Value.HasMissing)))
            throw new MlflowException("The input example must be one or more rows of finite values.", ErrorCode.InvalidParameterValue);
        try
        {
            model.Predict(example, new Dictionary<string, object?>());
            return example;
        }
        catch (MlflowException refusal)
        {
            throw new MlflowException($"The input example does not fit the model. {refusal.Message}", refusal.ErrorCode, refusal);
        }
    }
}
