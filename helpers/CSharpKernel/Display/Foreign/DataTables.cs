using System.Data;

namespace CSharpKernel.Display.Foreign;

/// <summary>Reads the tables of ADO.NET. Types are asked by name first, so that System.Data is loaded only by those who use it.</summary>
internal static class DataTables
{
    private const string Space = "System.Data";
    private static readonly string[] Names = ["DataTable", "DataView", "DataRow", "DataRowView"];

    /// <summary>Whether values of a type are tables or rows.</summary>
    public static bool Is(Type type) => IsOneOf(type, Names);

    /// <summary>Whether values of a type are sets of tables.</summary>
    public static bool IsSet(Type type) => IsOneOf(type, ["DataSet"]);

    /// <summary>The tables of a set, with their names.</summary>
    public static IEnumerable<(string Name, object Table)> ReadSet(object value) => ((DataSet)value).Tables.Cast<DataTable>().Select(table => (table.TableName, (object)table));

    /// <summary>Reads a table, a view, or a row alone.</summary>
    public static Table Read(object value, int limit) => value switch
    {
        DataTable table => Read(table.Columns, table.Rows.Cast<DataRow>().Where(row => row.RowState != DataRowState.Deleted), table.Rows.Count, limit),
        DataView view => Read(view.Table!.Columns, view.Cast<DataRowView>().Select(row => row.Row), view.Count, limit),
        DataRowView row => Read(row.Row.Table.Columns, [row.Row], 1, 1),
        DataRow row => Read(row.Table.Columns, [row], 1, 1),
        _ => throw new ArgumentException($"{value.GetType()} is no table."),
    };

    /// <summary>The cells of a row.</summary>
    /// <returns>Null when the value is no row.</returns>
    public static IEnumerable<(string Name, object? Value)>? TryReadRow(object value) => IsOneOf(value.GetType(), ["DataRow", "DataRowView"]) ? ReadRow(value) : null;

    private static IEnumerable<(string Name, object? Value)> ReadRow(object value)
    {
        var row = value as DataRow ?? ((DataRowView)value).Row;
        return row.Table.Columns.Cast<DataColumn>().Select(column => (column.ColumnName, Cell(row[column])));
    }

    private static Table Read(DataColumnCollection columns, IEnumerable<DataRow> rows, int count, int limit) => new(
        [.. columns.Cast<DataColumn>().Select(column => column.ColumnName)],
        [.. rows.Take(limit).Select(row => (IReadOnlyList<object?>)[.. columns.Cast<DataColumn>().Select(column => Cell(row[column]))])],
        LimitedItems.Describe(count, limit));

    private static object? Cell(object value) => value is DBNull ? null : value;

    private static bool IsOneOf(Type type, string[] names)
    {
        for (var current = type; current is not null && current != typeof(object); current = current.BaseType)
            if (current.Namespace == Space && names.Contains(current.Name))
                return true;
        return false;
    }
}
