using CSharpKernel.Display;

namespace Microsoft.DotNet.Interactive.Formatting.TabularData;

/// <summary>A table whose rows and columns are data (Frictionless Data, "Tabular Data Resource").</summary>
/// <param name="schema">The columns.</param>
/// <param name="data">The rows: names and values.</param>
/// <param name="profile">The name of the format; null for the usual one.</param>
public class TabularDataResource(TableSchema schema, IEnumerable<IEnumerable<KeyValuePair<string, object?>>> data, string? profile = null)
{
    /// <summary>The name of the format.</summary>
    public string Profile { get; } = string.IsNullOrWhiteSpace(profile) ? "tabular-data-resource" : profile;

    /// <summary>The columns.</summary>
    public TableSchema Schema { get; } = schema;

    /// <summary>The rows: names and values.</summary>
    public IEnumerable<IEnumerable<KeyValuePair<string, object?>>> Data { get; } = data;

    /// <summary>The table as JSON.</summary>
    public TabularDataResourceJsonString ToJsonString() => new(TabularJson.Write(this));
}
