using System.Collections;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace CSharpKernel.Display;

/// <summary>Goes between tables as they are shown and tables as data.</summary>
internal static class TabularRows
{
    /// <summary>Makes data of a sequence.</summary>
    /// <exception cref="ArgumentException">The items are single values.</exception>
    public static TabularDataResource Create(IEnumerable source)
    {
        var table = Tables.TryRead(source, int.MaxValue)
            ?? throw new ArgumentException($"A table needs items with properties, keys or positions; those of {TypeNames.Of(source.GetType())} are single values or have no columns in common.", nameof(source));
        return Create(table);
    }

    /// <summary>Makes data of a table.</summary>
    public static TabularDataResource Create(Table table)
    {
        var schema = new TableSchema();
        for (var index = 0; index < table.Columns.Count; index++)
        {
            var column = index;
            schema.Fields.Add(new TableSchemaFieldDescriptor(table.Columns[index], TypeOf(table.Rows.Select(row => row[column]))));
        }

        var rows = table.Rows.Select(row => table.Columns
            .Select((name, index) => KeyValuePair.Create(name, row[index]))
            .Where(cell => !ReferenceEquals(cell.Value, Table.Missing))
            .ToList());
        return new TabularDataResource(schema, rows.ToList());
    }

    /// <summary>Reads data as a table.</summary>
    public static Table Read(TabularDataResource resource, int limit)
    {
        var columns = resource.Schema.Fields.Select(field => field.Name).ToList();
        var (items, more) = LimitedItems.Take(resource.Data, limit);
        return new Table(columns, [.. items.Select(item =>
        {
            var cells = new Dictionary<string, object?>((IEnumerable<KeyValuePair<string, object?>>)item!);
            return (IReadOnlyList<object?>)[.. columns.Select(column => cells.TryGetValue(column, out var cell) ? cell : Table.Missing)];
        })], more);
    }

    private static TableSchemaFieldType TypeOf(IEnumerable<object?> cells)
    {
        var types = cells.Where(cell => cell is not null && !ReferenceEquals(cell, Table.Missing)).Select(cell => cell!.GetType().ToTableSchemaFieldType()).Distinct().ToList();
        return types switch
        {
            [] => TableSchemaFieldType.Null,
            [var only] => only,
            _ when types.TrueForAll(type => type is TableSchemaFieldType.Integer or TableSchemaFieldType.Number) => TableSchemaFieldType.Number,
            _ => TableSchemaFieldType.Any,
        };
    }
}
