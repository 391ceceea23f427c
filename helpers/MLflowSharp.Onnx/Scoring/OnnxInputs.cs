namespace MLflowSharp.Onnx;

/// <summary>
/// Gives data the form that a graph takes. As MLflow's wrapper it gives 64-bit floats to a graph of 32-bit floats; unlike it, whole numbers
/// that survive it, too, and columns to a graph of one matrix.
/// </summary>
internal static class OnnxInputs
{
    /// <summary>A tensor for each of the graph's inputs.</summary>
    /// <param name="data">The data.</param>
    /// <param name="names">The inputs' names.</param>
    /// <param name="specs">The inputs' types and shapes.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static ModelTensor[] Fit(ModelData data, string[] names, TensorSpec[] specs)
    {
        if (!data.IsNamed && specs.Length == 1)
            return [Fit(data.Tensor, specs[0], "The input")];
        if (data.IsNamed && Array.TrueForAll(names, name => data.Find(name) is not null))
            return [.. specs.Select(spec => Fit(data[spec.Name!], spec, $"Tensor '{spec.Name}'"))];
        if (data.IsTable && specs is [{ Shape.Count: 2 } matrix])
            return [Fit(ColumnStack.Of(Narrowed(data, matrix.DataType), matrix.DataType), matrix, "The columns side by side")];
        throw new MlflowException($"The model takes {string.Join(", ", specs.AsEnumerable())}, found {data}.", ErrorCode.InvalidParameterValue);
    }

    private static ModelTensor Fit(ModelTensor tensor, TensorSpec spec, string what)
    {
        // The graph of a column leaves its width open.
        if (tensor.Shape.Count == 1 && spec.Shape is [_, -1])
            tensor = tensor.Reshape(tensor.Shape[0], 1);
        return SchemaEnforcement.FitTensor(Narrowed(tensor, spec.DataType), spec, what);
    }

    private static ModelData Narrowed(ModelData columns, string dataType) =>
        ModelData.Of(columns.Select(column => KeyValuePair.Create(column.Key, Narrowed(column.Value, dataType))));

    private static ModelTensor Narrowed(ModelTensor tensor, string dataType) => dataType == "float32" && tensor.DataType == "float64" ? tensor.AsType<float>() : tensor;
}
