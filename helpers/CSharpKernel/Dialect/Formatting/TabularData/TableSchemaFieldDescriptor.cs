namespace Microsoft.DotNet.Interactive.Formatting.TabularData;

/// <summary>One column of a table.</summary>
/// <param name="name">The column's name.</param>
/// <param name="type">The kind of its values.</param>
/// <param name="description">What it is about.</param>
/// <param name="format">How its values are written.</param>
public class TableSchemaFieldDescriptor(string name, TableSchemaFieldType? type = TableSchemaFieldType.Null, string? description = null, string? format = null)
{
    /// <summary>The column's name.</summary>
    public string Name { get; } = name;

    /// <summary>The kind of its values.</summary>
    public TableSchemaFieldType Type { get; } = type ?? TableSchemaFieldType.Any;

    /// <summary>What it is about.</summary>
    public string? Description { get; } = description;

    /// <summary>How its values are written.</summary>
    public string? Format { get; } = format;
}
