using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using CSharpKernel.Display.Foreign;

namespace CSharpKernel.Display;

/// <summary>Shows a sequence with one column per property, key or position of its items.</summary>
internal static class TableShape
{
    private const int ColumnLimit = 60;

    /// <summary>Makes a table of items that have parts.</summary>
    /// <returns>Null when the items are single values, or have nothing in common.</returns>
    public static Table? TryRead(IReadOnlyList<object?> items, string? more)
    {
        if (!items.Any(item => item is not null))
            return null;
        if (items.All(IsFlatList))
            return ReadLists(items, more);
        var columns = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<Dictionary<string, object?>>();
        foreach (var item in items)
        {
            var row = new Dictionary<string, object?>(StringComparer.Ordinal);
            if (item is not null)
            {
                if (Cells(item) is not { } cells)
                    return null;
                foreach (var (name, value) in cells)
                {
                    row[name] = value;
                    columns[name] = columns.GetValueOrDefault(name) + 1;
                }
            }

            rows.Add(row);
        }

        // Things of different kinds are one table only as far as they share columns.
        if (columns.Count is 0 or > ColumnLimit || (items.Count > 1 && IsMixed(items) && !columns.Values.Any(uses => uses > 1)))
            return null;
        return new Table([.. columns.Keys], [.. rows.Select(row => (IReadOnlyList<object?>)[.. columns.Keys.Select(name => row.TryGetValue(name, out var value) ? value : Table.Missing)])], more);
    }

    private static bool IsMixed(IReadOnlyList<object?> items) => items.Where(item => item is not null).Select(item => item!.GetType()).Distinct().Skip(1).Any();

    private static IEnumerable<(string Name, object? Value)>? Cells(object item)
    {
        if (DataTables.TryReadRow(item) is { } dataRow)
            return dataRow;
        if (ScalarText.Is(item))
            return null;
        if (item is ITuple tuple)
            return Enumerable.Range(0, tuple.Length).Select(index => (string.Create(CultureInfo.InvariantCulture, $"Item{index + 1}"), tuple[index]));
        if (item is IDictionary<string, object?> named)
            return named.Select(entry => (entry.Key, entry.Value));
        if (Entries.IsPair(item.GetType()))
        {
            var (key, value) = Entries.Read(item);
            return [("key", key), ("value", value)];
        }

        if (Entries.TryReadGroup(item) is { } group)
            return [("key", group.Key), ("values", group.Items)];
        if (item is IEnumerable || SelfDescribing.TryRead(item) is not null || Tables.IsTableType(item.GetType()))
            return null;
        var members = ObjectShape.Of(item.GetType()).Members;
        return members.Count == 0 ? null : members.Select(member => (member.Name, member.Read(item)));
    }

    private static bool IsFlatList(object? item) => item is IList list and not byte[] && (item is not Array array || array.Rank == 1) && list.Cast<object?>().Take(ColumnLimit).All(ScalarText.Is);

    private static Table ReadLists(IReadOnlyList<object?> items, string? more)
    {
        var lists = items.Select(item => (IList)item!).ToList();
        var longest = lists.Max(list => list.Count);
        var width = Math.Min(longest, ColumnLimit);
        var columns = Enumerable.Range(0, width).Select(index => index.ToString(CultureInfo.InvariantCulture)).Concat(longest > width ? ["…"] : []);
        return new Table(
            [.. columns],
            [.. lists.Select(list => (IReadOnlyList<object?>)[.. Enumerable.Range(0, width).Select(index => index < list.Count ? list[index] : Table.Missing), .. longest > width ? [Table.Missing] : Array.Empty<object>()])],
            more,
            [.. Enumerable.Range(0, lists.Count).Select(index => index.ToString(CultureInfo.InvariantCulture))]);
    }
}
