using Microsoft.ML.OnnxRuntime;

namespace MLflowSharp.Onnx;

/// <summary>An ONNX model, loaded to score rows: one tensor of 32-bit floats in, one out.</summary>
public sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _input;
    private readonly string _output;

    private OnnxModel(InferenceSession session)
    {
        _session = session;
        _input = Single(session.InputMetadata, "input");
        _output = Single(session.OutputMetadata, "output");
        Signature = new ModelSignature([Spec(session.InputMetadata[_input])], [Spec(session.OutputMetadata[_output])]);
    }

    /// <summary>What the model takes and gives, read from its graph.</summary>
    public ModelSignature Signature { get; }

    /// <summary>Loads a model from its file, or from a folder in MLflow's layout.</summary>
    /// <param name="path">A file such as <c>model.onnx</c>, or a folder that holds one.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not a model that this can score.</exception>
    public static OnnxModel Load(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "model.onnx") : path;
        if (!File.Exists(file))
            throw new FileNotFoundException($"There is no ONNX model at {file}. Give a model.onnx, or the folder of a model logged with its onnx flavor.", file);

        // By path and not by content: weights kept in files of their own are looked for beside the model.
        return Create(options => new InferenceSession(file, options), file);
    }

    /// <summary>Loads a model from memory.</summary>
    /// <param name="model">The whole content of a model file.</param>
    /// <exception cref="InvalidDataException">The content is not a model that this can score.</exception>
    public static OnnxModel Load(byte[] model) => Create(options => new InferenceSession(model, options), "the model given");

    /// <summary>Scores rows.</summary>
    /// <param name="rows">One or more rows, one after the other.</param>
    /// <returns>The rows of the output, one after the other.</returns>
    /// <exception cref="ArgumentException">The values do not divide into rows of the width that the model takes.</exception>
    public float[] Predict(ReadOnlyMemory<float> rows)
    {
        var shape = Signature.Inputs[0].Shape;
        var width = shape.Skip(1).Aggregate(1L, (size, dimension) => size * dimension);
        if (rows.IsEmpty || width <= 0 || rows.Length % width != 0)
            throw new ArgumentException($"{rows.Length} values do not divide into rows of {width}, the width that the model takes.", nameof(rows));

        // ONNX Runtime only reads an input, but its API asks for memory that could be written to.
        using var input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance,
            System.Runtime.InteropServices.MemoryMarshal.AsMemory(rows),
            [rows.Length / width, .. shape.Skip(1)]);
        using var options = new RunOptions();
        using var outputs = _session.Run(options, [_input], [input], [_output]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static OnnxModel Create(Func<SessionOptions, InferenceSession> open, string what)
    {
        RuntimeTelemetry.SwitchOff();
        // One thread: rows of a small network are scored faster than a second thread wakes.
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        InferenceSession session;
        try
        {
            session = open(options);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new InvalidDataException($"ONNX Runtime cannot load {what}: {failure.Message}", failure);
        }

        try
        {
            return new OnnxModel(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static string Single(IReadOnlyDictionary<string, NodeMetadata> tensors, string kind) =>
        tensors.Count == 1 && tensors.Values.Single() is { IsTensor: true } tensor && tensor.ElementType == typeof(float)
            ? tensors.Keys.Single()
            : throw new InvalidDataException(
                $"The model must have one {kind}, a tensor of 32-bit floats, but has: " +
                string.Join(", ", tensors.Select(pair => $"{pair.Key} ({pair.Value.ElementType?.Name ?? pair.Value.OnnxValueType.ToString()})")) + ".");

    private static TensorSpec Spec(NodeMetadata tensor) => new("float32", [.. tensor.Dimensions.Select(size => (long)size)]);
}
