using System.Text.Json.Nodes;

namespace MLflowSharp;

/// <summary>The type of a column that a model takes or gives (https://mlflow.org/docs/latest/ml/model/signatures/#column-based-signatures).</summary>
/// <param name="Type">
/// MLflow's name of the type: <c>boolean</c>, <c>integer</c> (32 bits), <c>long</c> (64 bits), <c>float</c>, <c>double</c>, <c>string</c>,
/// <c>binary</c>, <c>datetime</c>, or one of <c>array</c>, <c>object</c>, <c>map</c> and <c>any</c>, whose values are passed on as they are.
/// </param>
/// <param name="Name">The column's name; null where columns go by their order.</param>
/// <param name="Required">Whether data without the column are refused.</param>
public sealed record ColSpec(string Type, string? Name = null, bool Required = true) : FieldSpec(Name)
{
    /// <summary>What MLflow's file says of a type with parts, such as an array's items; null for plain types.</summary>
    internal JsonObject? Parts { get; init; }

    /// <summary>Such as <c>petal length (cm): float</c>.</summary>
    public override string ToString() => $"{(Name is null ? "" : Name + ": ")}{Type}{(Required ? "" : " (optional)")}";
}
