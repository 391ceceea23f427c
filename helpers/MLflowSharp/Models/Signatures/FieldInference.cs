namespace MLflowSharp;

/// <summary>Describes data as a signature does, by MLflow's rules: the first dimension, the rows, may have any size.</summary>
internal static class FieldInference
{
    public static IReadOnlyList<FieldSpec> Of(ModelData data) =>
        data.IsTable
            ? [.. data.Select(column => new ColSpec(ColumnTypes.Of(column.Value.DataType), column.Key, Required: !column.Value.HasMissing))]
            : [.. data.Select(tensor => new TensorSpec(tensor.Value.DataType, [-1, .. tensor.Value.Shape.Skip(1)], data.IsNamed ? tensor.Key : null))];
}
