namespace MLflowSharp;

/// <summary>Columns side by side as a matrix, as the values of a data frame.</summary>
internal static class ColumnStack
{
    /// <summary>Makes a matrix of shape (rows, columns).</summary>
    /// <param name="table">The columns, in their order.</param>
    /// <param name="dataType">The type it shall have, to which every column must fit.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when a column does not; it is named.</exception>
    public static ModelTensor Of(ModelData table, string dataType) => dataType switch
    {
        "float32" => Of<float>(table),
        "float64" => Of<double>(table),
        "int32" => Of<int>(table),
        "int64" => Of<long>(table),
        "uint8" => Of<byte>(table),
        TensorTypes.Boolean => Of<bool>(table),
        TensorTypes.Text => Of<string>(table),
        _ => throw MlflowException.Invalid($"Columns cannot be put together to a tensor of {dataType}; give the tensor."),
    };

    private static ModelTensor<T> Of<T>(ModelData table)
    {
        var (rows, width) = (table.RowCount, table.Count);
        var matrix = new T[rows * width];
        for (var column = 0; column < width; column++)
        {
            var values = SchemaEnforcement.FitTensor(table[column].Value, new(TensorTypes.NameOf(typeof(T)), [-1]), $"Column '{table[column].Key}'").As<T>().Values.Span;
            for (var row = 0; row < rows; row++)
                matrix[(row * width) + column] = values[row];
        }

        return new(matrix, [rows, width]);
    }
}
