namespace MLflowSharp;

/// <summary>The type and shape of a tensor that a model takes or gives (https://mlflow.org/docs/latest/ml/model/signatures/).</summary>
/// <param name="DataType">The element type under NumPy's name, such as <c>float32</c> or <c>int64</c>.</param>
/// <param name="Shape">The size of each dimension; -1 where any size fits, such as the number of rows.</param>
/// <param name="Name">The tensor's name; null where a model has only one.</param>
public sealed record TensorSpec(string DataType, IReadOnlyList<long> Shape, string? Name = null) : FieldSpec(Name)
{
    /// <summary>Such as <c>float32 (-1, 784)</c>.</summary>
    public override string ToString() => $"{(Name is null ? "" : Name + " ")}{DataType} {ModelTensor.Text(Shape)}";
}
