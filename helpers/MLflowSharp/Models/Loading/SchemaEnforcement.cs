using MLflowSharp.Registry;

namespace MLflowSharp;

/// <summary>
/// Sees that data fit a signature, by MLflow's rules (https://mlflow.org/docs/latest/ml/model/signatures/#signature-enforcement): what is
/// missing is refused, what is too much is left out, and types are changed only where no value changes. One line says what does not fit.
/// </summary>
internal static class SchemaEnforcement
{
    private const int MostNames = 8;

    /// <summary>Gives the data as the signature asks for them.</summary>
    /// <param name="data">The data.</param>
    /// <param name="fields">What the model takes.</param>
    /// <param name="warn">Is told of columns that are left out.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static ModelData Fit(ModelData data, IReadOnlyList<FieldSpec> fields, Action<string> warn)
    {
        if (fields is [TensorSpec { Name: null } only])
            return ModelData.Of(FitTensor(Unnamed(data, only), only, "The input"));
        if (!data.IsNamed)
        {
            if (fields is [TensorSpec { Name: { } name } named])
                return ModelData.Of([KeyValuePair.Create(name, FitTensor(data.Tensor, named, $"Tensor '{name}'"))]);
            throw MlflowException.Invalid($"The input: expected {Counted(fields)} by name ({Listed(fields.Select(Name))}), found one tensor without a name, {data.Tensor}.");
        }

        return fields[0].Name is null ? ByOrder(data, fields) : ByName(data, fields, warn);
    }

    /// <summary>Gives a tensor in the type and shape asked for.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="spec">The type and shape.</param>
    /// <param name="what">The tensor's name in messages.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static ModelTensor FitTensor(ModelTensor tensor, TensorSpec spec, string what)
    {
        // As MLflow: a column where the model takes columns of width one.
        if (tensor.Shape.Count == 1 && spec.Shape is [_, 1])
            tensor = tensor.Reshape(tensor.Shape[0], 1);
        if (!HasShape(tensor.Dimensions, spec.Shape))
            throw MlflowException.Invalid($"{what}: expected shape {ModelTensor.Text(spec.Shape)}, found {ModelTensor.Text(tensor.Shape)}.{ShapeHint(tensor.Dimensions, spec.Shape)}");
        var dataType = TensorTypes.Plain(spec.DataType);
        return TensorCasts.TryCast(tensor, dataType, out var why) ?? throw MlflowException.Invalid($"{what}: expected {dataType}, found {tensor.DataType}: {why}.");
    }

    private static ModelTensor Unnamed(ModelData data, TensorSpec spec)
    {
        if (!data.IsNamed)
            return data.Tensor;
        // A table becomes a matrix, as a data frame does in MLflow.
        if (data.IsTable && spec.Shape.Count == 2)
            return ColumnStack.Of(data, TensorTypes.Plain(spec.DataType));
        throw MlflowException.Invalid($"The input: expected one tensor without a name, {spec}, found {data.Count} by name ({Listed(data.Names)}).");
    }

    private static ModelData ByOrder(ModelData data, IReadOnlyList<FieldSpec> fields)
    {
        if (data.Count < fields.Count)
            throw MlflowException.Invalid($"The input: expected {Counted(fields)}, found {data.Count} ({Listed(data.Names)}).");
        return ModelData.Of(fields.Select((field, index) => KeyValuePair.Create(data[index].Key, FitField(data[index].Value, field, data[index].Key))));
    }

    private static ModelData ByName(ModelData data, IReadOnlyList<FieldSpec> fields, Action<string> warn)
    {
        var fitting = new List<KeyValuePair<string, ModelTensor>>(fields.Count);
        foreach (var field in fields)
        {
            if (data.Find(Name(field)) is { } tensor)
                fitting.Add(new(Name(field), FitField(tensor, field, Name(field))));
            else if (field is not ColSpec { Required: false })
                throw Missing(data, fields, field);
        }

        var unknown = data.Names.Except(fields.Select(Name), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            warn($"The model does not know these {Kind(fields)}s, which are ignored: {Listed(unknown)}.");
        return ModelData.Of(fitting);
    }

    private static ModelTensor FitField(ModelTensor tensor, FieldSpec field, string name)
    {
        if (field is TensorSpec spec)
            return FitTensor(tensor, spec, $"Tensor '{name}'");
        var column = (ColSpec)field;
        if (ColumnTypes.ElementOf(column.Type) is not { } type)
            return tensor;
        if (tensor.Shape.Count == 2 && tensor.Shape[1] == 1)
            tensor = tensor.Reshape(tensor.Shape[0]);
        if (tensor.Shape.Count != 1)
            throw MlflowException.Invalid($"Column '{name}': expected one {column.Type} a row, found shape {ModelTensor.Text(tensor.Shape)}.");
        return TensorCasts.TryCast(tensor, type, out var why) ?? throw MlflowException.Invalid($"Column '{name}': expected {column.Type}, found {TypeOf(tensor)}: {why}.");
    }

    /// <summary>The type in the words of column signatures, where they have a word for it.</summary>
    private static string TypeOf(ModelTensor column) => column.DataType is "uint64" ? column.DataType : ColumnTypes.Of(column.DataType);

    private static MlflowException Missing(ModelData data, IReadOnlyList<FieldSpec> fields, FieldSpec field)
    {
        var unknown = data.Names.Except(fields.Select(Name), StringComparer.Ordinal).ToList();
        var hint = unknown.Count > 0 ? $" Is it '{NearestNames.Find(Name(field), unknown, count: 1)[0]}'?" : "";
        var kind = Kind(fields);
        return MlflowException.Invalid(
            $"{char.ToUpperInvariant(kind[0])}{kind[1..]} '{Name(field)}' is missing: expected {Counted(fields)} ({Listed(fields.Select(Name))}), found {data.Count} ({Listed(data.Names)}).{hint}");
    }

    private static bool HasShape(long[] found, IReadOnlyList<long> expected)
    {
        if (found.Length != expected.Count)
            return false;
        for (var dimension = 0; dimension < found.Length; dimension++)
        {
            if (expected[dimension] >= 0 && expected[dimension] != found[dimension])
                return false;
        }

        return true;
    }

    private static string ShapeHint(long[] found, IReadOnlyList<long> expected)
    {
        if (expected.Count == found.Length + 1 && HasShape([1, .. found], expected))
            return " For a single row give an array of one row.";
        if (expected is [> 0 and var rows, ..] && HasShape(found, [-1, .. expected.Skip(1)]))
            return $" The model takes {rows} rows at a time.";
        var width = expected.Skip(1).Aggregate(1L, (size, dimension) => dimension < 0 ? 0 : size * dimension);
        return found.Length > 1 && width > 0 && (expected[0] < 0 || expected[0] == found[0]) && found.Skip(1).Aggregate(1L, (size, dimension) => size * dimension) == width
            ? $" The values are as many: Reshape({string.Join(", ", expected)}) fits them in."
            : found.Length > 1 && found.Aggregate(1L, (size, dimension) => size * dimension) == width
                ? " All of these values together are as many as one row has: put them into an array of one row."
                : "";
    }

    private static string Kind(IReadOnlyList<FieldSpec> fields) => fields[0] is TensorSpec ? "tensor" : "column";

    private static string Counted(IReadOnlyList<FieldSpec> fields) => $"{fields.Count} {Kind(fields)}{(fields.Count == 1 ? "" : "s")}";

    private static string Name(FieldSpec field) => field.Name ?? "";

    private static string Listed(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(MostNames)) + (all.Count > MostNames ? $" and {all.Count - MostNames} more" : "");
    }
}
