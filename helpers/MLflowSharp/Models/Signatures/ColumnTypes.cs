namespace MLflowSharp;

/// <summary>MLflow's names of column types beside NumPy's names of element types.</summary>
internal static class ColumnTypes
{
    private static readonly (string Column, string Element)[] Pairs =
    [
        ("boolean", TensorTypes.Boolean), ("integer", "int32"), ("long", "int64"), ("float", "float32"), ("double", "float64"),
        ("string", TensorTypes.Text), ("binary", TensorTypes.Binary), ("datetime", TensorTypes.Time),
    ];

    /// <summary>The column type that holds all values of an element type.</summary>
    public static string Of(string dataType) => dataType switch
    {
        "int8" or "uint8" or "int16" or "uint16" => "integer",
        "uint32" => "long",
        "float16" => "float",
        _ => Array.Find(Pairs, pair => pair.Element == dataType).Column
            ?? throw MlflowException.Invalid($"MLflow has no column type for {dataType}. Convert the column, for instance to int64 or float64."),
    };

    /// <summary>The element type of a column; null for types with parts, whose values are passed on as they are.</summary>
    public static string? ElementOf(string columnType) => Array.Find(Pairs, pair => pair.Column == columnType).Element;
}
