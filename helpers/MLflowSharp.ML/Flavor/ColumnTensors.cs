using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLflowSharp.ML;

/// <summary>ML.NET's columns as tensors, and back.</summary>
internal static class ColumnTensors
{
    /// <summary>The columns that a model needs for what it predicts.</summary>
    public static IEnumerable<DataViewSchema.Column> NeededBy(ITransformer model, DataViewSchema inputSchema)
    {
        var predicted = OnnxExport.OutputsOf(model, inputSchema);
        if (!model.IsRowToRowMapper)
            return inputSchema;
        var mapper = model.GetRowToRowMapper(inputSchema);
        return mapper.GetDependencies(mapper.OutputSchema.Where(column => !column.IsHidden && predicted.Contains(column.Name)));
    }

    /// <summary>What a model takes: columns where each has one value a row, else tensors.</summary>
    public static ModelSignature? SignatureOf(ITransformer model, DataViewSchema inputSchema)
    {
        var needed = NeededBy(model, inputSchema).ToList();
        if (needed.Count == 0 || needed.Exists(column => TypeOf(column) is null))
            return null;
        return new(needed.TrueForAll(column => column.Type is not VectorDataViewType)
            ? [.. needed.Select(column => (FieldSpec)new ColSpec(ColumnTypes.Of(TypeOf(column)!), column.Name))]
            : [.. needed.Select(column => (FieldSpec)new TensorSpec(TypeOf(column)!, [-1, column.Type is VectorDataViewType { Size: > 0 } vector ? vector.Size : 1], column.Name))]);
    }

    /// <summary>Reads a column to its end.</summary>
    public static ModelTensor Read(IDataView rows, DataViewSchema.Column column)
    {
        var type = column.Type is VectorDataViewType vector ? vector.ItemType.RawType : column.Type.RawType;
        var isVector = column.Type is VectorDataViewType;
        if (type == typeof(ReadOnlyMemory<char>))
        {
            return isVector
                ? Matrix(rows.GetColumn<VBuffer<ReadOnlyMemory<char>>>(column).Select(row => row.DenseValues().Select(text => text.ToString()).ToArray()))
                : ModelTensor.Of(rows.GetColumn<ReadOnlyMemory<char>>(column).Select(text => text.ToString()).ToArray());
        }

        return type == typeof(float) ? Read<float>(rows, column, isVector)
            : type == typeof(double) ? Read<double>(rows, column, isVector)
            : type == typeof(bool) ? Read<bool>(rows, column, isVector)
            : type == typeof(int) ? Read<int>(rows, column, isVector)
            : type == typeof(long) ? Read<long>(rows, column, isVector)
            : type == typeof(uint) ? Read<uint>(rows, column, isVector)
            : type == typeof(byte) ? Read<byte>(rows, column, isVector)
            : type == typeof(ulong) ? Read<ulong>(rows, column, isVector)
            : throw new MlflowException($"The model predicts '{column.Name}' as {column.Type}, which is not supported. Convert it in the pipeline.", ErrorCode.InvalidParameterValue);
    }

    /// <summary>The function by which ML.NET reads a column's value in the present row.</summary>
    public static Delegate Getter(DataViewSchema.Column column, ModelTensor? tensor, Func<int> row)
    {
        var type = column.Type is VectorDataViewType vector ? vector.ItemType.RawType : column.Type.RawType;
        return type == typeof(float) ? Getter<float>(column, tensor, row)
            : type == typeof(double) ? Getter<double>(column, tensor, row)
            : type == typeof(bool) ? Getter<bool>(column, tensor, row)
            : type == typeof(int) ? Getter<int>(column, tensor, row)
            : type == typeof(long) ? Getter<long>(column, tensor, row)
            : type == typeof(short) ? Getter<short>(column, tensor, row)
            : type == typeof(byte) ? Getter<byte>(column, tensor, row)
            : type == typeof(uint) ? Getter<uint>(column, tensor, row)
            : type == typeof(ReadOnlyMemory<char>) ? TextGetter(column, tensor, row)
            : throw new MlflowException($"The model takes '{column.Name}' as {column.Type}, which is not supported. Convert it in the pipeline.", ErrorCode.InvalidParameterValue);
    }

    /// <summary>NumPy's name of a column's type; null when tensors cannot hold it.</summary>
    private static string? TypeOf(DataViewSchema.Column column)
    {
        var type = column.Type is VectorDataViewType vector ? vector.ItemType.RawType : column.Type.RawType;
        return type == typeof(ReadOnlyMemory<char>) ? TensorTypes.Text : TensorTypes.Holds(type) ? TensorTypes.NameOf(type) : null;
    }

    private static ModelTensor<T> Read<T>(IDataView rows, DataViewSchema.Column column, bool isVector) => isVector
        ? Matrix(rows.GetColumn<VBuffer<T>>(column).Select(row => row.DenseValues().ToArray()))
        : ModelTensor.Of(rows.GetColumn<T>(column).ToArray());

    private static ModelTensor<T> Matrix<T>(IEnumerable<T[]> rows)
    {
        var all = rows.ToList();
        return ModelTensor.Of(all.SelectMany(row => row).ToArray(), all.Count, all.Count == 0 ? 0 : all[0].Length);
    }

    private static Delegate Getter<T>(DataViewSchema.Column column, ModelTensor? tensor, Func<int> row)
        where T : struct
    {
        var values = tensor is null ? null : Fitting(column, tensor, TensorTypes.NameOf(typeof(T))).As<T>();
        if (column.Type is not VectorDataViewType vector)
            return (ValueGetter<T>)((ref T value) => value = values is null ? default : values[row()]);
        var width = values is null ? vector.Size : values.Count / (int)values.Shape[0];
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => value = new(width, values is null ? new T[width] : values.Values.Slice(row() * width, width).ToArray()));
    }

    private static Delegate TextGetter(DataViewSchema.Column column, ModelTensor? tensor, Func<int> row)
    {
        var values = tensor is null ? null : Fitting(column, tensor, TensorTypes.Text).As<string>();
        if (column.Type is not VectorDataViewType vector)
            return (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = (values?[row()]).AsMemory());
        var width = values is null ? vector.Size : values.Count / (int)values.Shape[0];
        return (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) =>
            value = new(width, [.. Enumerable.Range(0, width).Select(index => (values?[(row() * width) + index]).AsMemory())]));
    }

    private static ModelTensor Fitting(DataViewSchema.Column column, ModelTensor tensor, string dataType) =>
        TensorCasts.TryCast(tensor, dataType, out var why) ?? throw new MlflowException($"Column '{column.Name}': expected {dataType}, found {tensor.DataType}: {why}.", ErrorCode.InvalidParameterValue);
}
