using System.Collections;

namespace Microsoft.DotNet.Interactive.Formatting.TabularData;

/// <summary>The columns of a table, in order.</summary>
public class TableDataFieldDescriptors : IReadOnlyCollection<TableSchemaFieldDescriptor>
{
    private readonly List<TableSchemaFieldDescriptor> _fields = [];

    /// <inheritdoc/>
    public int Count => _fields.Count;

    /// <summary>The column of a name.</summary>
    /// <param name="name">The name.</param>
    public TableSchemaFieldDescriptor this[string name] =>
        _fields.Find(field => field.Name == name) ?? throw new KeyNotFoundException($"The table has no column '{name}'; it has {string.Join(", ", _fields.Select(field => field.Name))}.");

    /// <summary>Adds a column.</summary>
    /// <param name="descriptor">The column.</param>
    public void Add(TableSchemaFieldDescriptor descriptor) => _fields.Add(descriptor);

    /// <summary>Whether there is a column of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => _fields.Exists(field => field.Name == name);

    /// <inheritdoc/>
    public IEnumerator<TableSchemaFieldDescriptor> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
