using Microsoft.ML.OnnxRuntime;

namespace MLflowSharp.Onnx;

/// <summary>An ONNX model, loaded to score rows. Several threads may score at once.</summary>
public sealed class OnnxModel : IModelScorer
{
    private static readonly IReadOnlyDictionary<string, object?> NoParameters = new Dictionary<string, object?>();
    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly TensorSpec[] _inputSpecs;

    private OnnxModel(InferenceSession session)
    {
        _session = session;
        _inputs = [.. session.InputNames];
        _outputs = [.. session.OutputNames];
        _inputSpecs = [.. _inputs.Select(name => OnnxTensors.SpecOf(session.InputMetadata[name], name))];
        TensorSpec[] outputs = [.. _outputs.Select(name => OnnxTensors.SpecOf(session.OutputMetadata[name], name))];
        NamedSignature = new ModelSignature(_inputSpecs, outputs);
        Signature = new ModelSignature(WithoutOnlyName(_inputSpecs), WithoutOnlyName(outputs));
    }

    /// <summary>What the model takes and gives, read from its graph.</summary>
    public ModelSignature Signature { get; }

    /// <summary>The same with the graph's names, also where there is one tensor only.</summary>
    internal ModelSignature NamedSignature { get; }

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

    /// <summary>Scores rows with a model that takes one tensor of 32-bit floats and gives one.</summary>
    /// <param name="rows">One or more rows, one after the other.</param>
    /// <returns>The rows of the output, one after the other.</returns>
    /// <exception cref="ArgumentException">The values do not divide into rows of the width that the model takes, or it takes or gives something else.</exception>
    public float[] Predict(ReadOnlyMemory<float> rows)
    {
        if (_inputSpecs is not [{ DataType: "float32" } input] || Signature.Outputs is not [TensorSpec { DataType: "float32" }])
            throw new ArgumentException($"The model takes {string.Join(", ", Signature.Inputs)} and gives {string.Join(", ", Signature.Outputs!)}; score it with named tensors.", nameof(rows));
        var width = input.Shape.Skip(1).Aggregate(1L, (size, dimension) => size * dimension);
        if (rows.IsEmpty || width <= 0 || rows.Length % width != 0)
            throw new ArgumentException($"{rows.Length} values do not divide into rows of {width}, the width that the model takes.", nameof(rows));

        var data = ModelData.Of(ModelTensor.Of(rows, [rows.Length / width, .. input.Shape.Skip(1)]));
        return System.Runtime.InteropServices.MemoryMarshal.TryGetArray(Predict(data, NoParameters).Tensor.As<float>().Values, out var values) ? values.Array! : [];
    }

    /// <summary>Scores one tensor, tensors by name, or columns, which are put side by side where the graph takes one matrix.</summary>
    /// <param name="data">What the graph takes.</param>
    /// <param name="parameters">Of no meaning: a graph has none.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the data do not fit.</exception>
    public ModelData Predict(ModelData data, IReadOnlyDictionary<string, object?> parameters)
    {
        ArgumentNullException.ThrowIfNull(data);
        var tensors = OnnxInputs.Fit(data, _inputs, _inputSpecs);
        var inputs = new OrtValue[tensors.Length];
        try
        {
            for (var index = 0; index < tensors.Length; index++)
                inputs[index] = OnnxTensors.ToOrt(tensors[index]);
            using var options = new RunOptions();
            using var outputs = _session.Run(options, _inputs, inputs, _outputs);
            return ModelData.OfOutputs(_outputs.Select((name, index) => KeyValuePair.Create(name, OnnxTensors.FromOrt(outputs[index]))));
        }
        catch (OnnxRuntimeException failure)
        {
            throw new MlflowException($"ONNX Runtime refused the rows ({data}): {failure.Message.ReplaceLineEndings(" ")}", ErrorCode.InvalidParameterValue, failure);
        }
        finally
        {
            foreach (var input in inputs)
                input?.Dispose();
        }
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

    /// <summary>MLflow leaves out the name where there is one tensor only.</summary>
    private static TensorSpec[] WithoutOnlyName(TensorSpec[] specs) => specs is [var only] ? [only with { Name = null }] : specs;
}
