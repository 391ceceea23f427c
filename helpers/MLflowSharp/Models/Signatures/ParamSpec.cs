namespace MLflowSharp;

/// <summary>A setting that a model takes beside its data (https://mlflow.org/docs/latest/ml/model/signatures/#model-signatures-with-inference-params).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">MLflow's name of its type, as in <see cref="ColSpec.Type"/>.</param>
/// <param name="Default">Its value where none is given: a text, a <see cref="long"/>, a <see cref="double"/>, a <see cref="bool"/>, a list of these, or null.</param>
/// <param name="Shape">Null for a single value; <c>[-1]</c> for a list.</param>
public sealed record ParamSpec(string Name, string Type, object? Default, IReadOnlyList<long>? Shape = null);
