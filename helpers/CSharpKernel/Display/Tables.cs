using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using CSharpKernel.Display.Foreign;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace CSharpKernel.Display;

/// <summary>Finds rows and columns in values of every kind.</summary>
internal static class Tables
{
    private static readonly ConcurrentDictionary<Type, Func<object, int, Table?>> Known = new();

    /// <summary>Reads a value as a table.</summary>
    /// <param name="value">The value.</param>
    /// <param name="limit">How many rows to read.</param>
    /// <returns>Null when the value is no table.</returns>
    public static Table? TryRead(object? value, int limit) => ScalarText.Is(value) ? null : Known.GetOrAdd(value!.GetType(), Find)(value, limit);

    /// <summary>Whether a type's values are tables by themselves, whatever their rows are.</summary>
    public static bool IsTableType(Type type) => DataTables.Is(type) || DataFrameTable.Is(type) || DataViewTable.Is(type) || type == typeof(TabularDataResource);

    private static Func<object, int, Table?> Find(Type type)
    {
        if (type == typeof(TabularDataResource))
            return (value, limit) => TabularRows.Read((TabularDataResource)value, limit);
        if (DataTables.Is(type))
            return DataTables.Read;
        if (DataFrameTable.Is(type))
            return DataFrameTable.Read;
        if (DataViewTable.Is(type))
            return DataViewTable.Read;
        if (type.IsArray && type.GetArrayRank() == 2)
            return (value, limit) => ReadMatrix((Array)value, limit);
        if (!typeof(IEnumerable).IsAssignableFrom(type))
            return (_, _) => null;
        return (value, limit) =>
        {
            var (items, more) = LimitedItems.Take((IEnumerable)value, limit);
            return Entries.Has(value)
                ? new Table(["key", "value"], [.. items.Select(Entries.Read).Select(entry => (IReadOnlyList<object?>)[entry.Key, entry.Value])], more)
                : TableShape.TryRead(items, more);
        };
    }

    private static Table ReadMatrix(Array matrix, int limit)
    {
        var (rows, columns) = (matrix.GetLength(0), matrix.GetLength(1));
        var (row, column) = (matrix.GetLowerBound(0), matrix.GetLowerBound(1));
        var shown = Math.Min(columns, limit);
        return new Table(
            [.. Enumerable.Range(column, shown).Select(Text), .. columns > shown ? ["…"] : Array.Empty<string>()],
            [.. Enumerable.Range(row, Math.Min(rows, limit)).Select(r => (IReadOnlyList<object?>)[
                .. Enumerable.Range(column, shown).Select(c => matrix.GetValue(r, c)), .. columns > shown ? [Table.Missing] : Array.Empty<object>()])],
            LimitedItems.Describe(rows, limit),
            [.. Enumerable.Range(row, Math.Min(rows, limit)).Select(Text)]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
