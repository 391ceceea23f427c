namespace MLflowSharp;

/// <summary>What a model takes and gives (https://mlflow.org/docs/latest/ml/model/signatures/); scoring refuses data that do not fit.</summary>
/// <param name="Inputs">What it takes: tensors or columns, not both.</param>
/// <param name="Outputs">What it gives; null when that is not known.</param>
/// <param name="Params">The settings it takes beside the data; null when it takes none.</param>
public sealed record ModelSignature(IReadOnlyList<FieldSpec> Inputs, IReadOnlyList<FieldSpec>? Outputs = null, IReadOnlyList<ParamSpec>? Params = null)
{
    /// <summary>Whether the model takes tensors rather than columns.</summary>
    public bool TakesTensors => Inputs is [TensorSpec, ..];

    /// <summary>What is said of the inputs: nothing, where MLflow for Python could not infer it and wrote one input of any type.</summary>
    internal IReadOnlyList<FieldSpec> Described => Inputs is [ColSpec { Type: "any", Name: null }] ? [] : Inputs;

    /// <summary>Gives tensors or columns as the JSON text that MLflow keeps in signatures and in dataset schemas.</summary>
    /// <param name="fields">The tensors or columns.</param>
    /// <returns>Such as <c>[{"type":"tensor","tensor-spec":{"dtype":"float32","shape":[-1,784]}}]</c>.</returns>
    public static string ToJson(IEnumerable<FieldSpec> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return SignatureJson.Write(fields);
    }

    /// <summary>Infers a signature from data (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.models.html#mlflow.models.infer_signature).</summary>
    /// <param name="input">Data that the model takes; columns when they are named and have one value a row, else tensors.</param>
    /// <param name="output">What the model gives for them; null when that is not known.</param>
    /// <param name="parameters">The settings it takes; null for none.</param>
    public static ModelSignature Infer(ModelData input, ModelData? output = null, IReadOnlyList<ParamSpec>? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new(FieldInference.Of(input), output is null ? null : FieldInference.Of(output), parameters);
    }
}
