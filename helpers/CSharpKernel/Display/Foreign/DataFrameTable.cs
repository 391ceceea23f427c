using System.Collections;
using System.Globalization;
using System.Reflection;

namespace CSharpKernel.Display.Foreign;

/// <summary>Reads frames of Microsoft.Data.Analysis, and single columns of them, without a reference to it.</summary>
internal static class DataFrameTable
{
    private const string FrameType = "Microsoft.Data.Analysis.DataFrame";
    private const string ColumnType = "Microsoft.Data.Analysis.DataFrameColumn";

    /// <summary>Whether values of a type are frames or columns.</summary>
    public static bool Is(Type type) => IsOf(type, FrameType) || IsOf(type, ColumnType);

    /// <summary>Reads the first rows of a frame or a column, with their numbers.</summary>
    public static Table Read(object frame, int limit)
    {
        var columns = IsOf(frame.GetType(), ColumnType) ? [frame] : ((IEnumerable)Get(frame, "Columns")!).Cast<object>().ToList();
        var count = columns.Count == 0 ? 0 : columns.Max(column => (long)Get(column, "Length")!);
        var shown = Math.Min(count, limit);
        var readers = columns.ConvertAll(Reader);
        var rows = new List<IReadOnlyList<object?>>();
        for (var row = 0L; row < shown; row++)
            rows.Add([.. readers.Select(read => read(row))]);
        return new Table(
            [.. columns.Select(column => (string)Get(column, "Name")!)], rows, LimitedItems.Describe(count, shown),
            [.. Enumerable.Range(0, (int)shown).Select(row => row.ToString(CultureInfo.InvariantCulture))]);
    }

    private static bool IsOf(Type type, string name) => type.FullName == name || (type.BaseType is { } parent && parent != typeof(object) && IsOf(parent, name));

    private static Func<long, object?> Reader(object column)
    {
        // Columns of a certain type hide the base's indexer by one of their own; the nearest is the one to ask.
        for (var type = column.GetType(); type is not null; type = type.BaseType)
            if (type.GetProperty("Item", BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly, null, null, [typeof(long)], null) is { } item)
                return row => item.GetValue(column, BindingFlags.DoNotWrapExceptions, null, [row], CultureInfo.InvariantCulture);
        throw new MissingMemberException(column.GetType().FullName, "Item");
    }

    private static object? Get(object value, string property)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
            if (type.GetProperty(property, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) is { } found)
                return found.GetValue(value);
        throw new MissingMemberException(value.GetType().FullName, property);
    }
}
