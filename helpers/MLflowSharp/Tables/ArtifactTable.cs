using System.Collections;
using System.Globalization;
using MLflowSharp.Values;

namespace MLflowSharp;

/// <summary>A table as <see cref="MlflowClient.LogTable"/> writes and <see cref="MlflowClient.LoadTable"/> reads it: named columns, rows of plain values.</summary>
public sealed class ArtifactTable
{
    internal ArtifactTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<object?>> rows) => (Columns, Rows) = (columns, rows);

    /// <summary>Names of the columns, in their order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>
    /// The rows, each with a value for each column: a text, a <see cref="long"/>, a <see cref="double"/>, a <see cref="bool"/>, null, or a list or
    /// dictionary of these.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows { get; }

    /// <summary>The values of a column.</summary>
    /// <param name="column">The column's name.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public IReadOnlyList<object?> this[string column]
    {
        get
        {
            var index = Columns.ToList().IndexOf(column);
            return index >= 0 ? [.. Rows.Select(row => row[index])] : throw new KeyNotFoundException($"The table has no column '{column}'. It has: {string.Join(", ", Columns)}.");
        }
    }

    /// <summary>Makes a table of columns (a dictionary or anonymous object of lists), of one row (the same of single values), or of a list of rows.</summary>
    internal static ArtifactTable From(object data)
    {
        if (data is ArtifactTable table)
            return table;
        if (data is IEnumerable rows and not string and not IDictionary and not System.Text.Json.Nodes.JsonObject
            && data is not IEnumerable<KeyValuePair<string, object?>> && !data.GetType().GetInterfaces().Any(IsDictionary))
        {
            return FromRows([.. rows.Cast<object>().Select(ObjectTree.Members)]);
        }

        var members = ObjectTree.Members(data);
        var columns = members.ToDictionary(member => member.Key, member => member.Value is IEnumerable list and not string and not IDictionary and not System.Text.Json.Nodes.JsonObject ? list.Cast<object?>().ToList() : null);
        if (columns.Values.All(column => column is null))
            return new([.. members.Keys], members.Count == 0 ? [] : [[.. members.Values.Select(Plain)]]);
        // As pandas: single values beside lists are repeated, lists must be of one length.
        var lengths = columns.Where(column => column.Value is not null).Select(column => column.Value!.Count).Distinct().ToList();
        if (lengths.Count > 1)
            throw MlflowException.Invalid($"All columns of a table must have the same length, but have: {string.Join(", ", columns.Select(column => $"{column.Key} {column.Value?.Count.ToString(CultureInfo.InvariantCulture) ?? "one value"}"))}.");
        return new([.. members.Keys], [.. Enumerable.Range(0, lengths[0]).Select(row => (IReadOnlyList<object?>)[.. members.Keys.Select(key => Plain(columns[key] is { } list ? list[row] : members[key]))])]);
    }

    /// <summary>This table's rows and then another's; columns that one of them lacks are null there.</summary>
    internal ArtifactTable Append(ArtifactTable other)
    {
        string[] columns = [.. Columns.Union(other.Columns, StringComparer.Ordinal)];
        return new(columns, [.. Spread(this), .. Spread(other)]);

        IEnumerable<IReadOnlyList<object?>> Spread(ArtifactTable table)
        {
            var places = columns.Select(column => table.Columns.ToList().IndexOf(column)).ToList();
            return table.Rows.Select(row => (IReadOnlyList<object?>)[.. places.Select(place => place < 0 ? null : row[place])]);
        }
    }

    /// <summary>The table with one more column.</summary>
    internal ArtifactTable With(string column, object? value) => new([.. Columns, column], [.. Rows.Select(row => (IReadOnlyList<object?>)[.. row, value])]);

    private static bool IsDictionary(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);

    private static ArtifactTable FromRows(List<Dictionary<string, object?>> rows)
    {
        string[] columns = [.. rows.SelectMany(row => row.Keys).Distinct(StringComparer.Ordinal)];
        return new(columns, [.. rows.Select(row => (IReadOnlyList<object?>)[.. columns.Select(column => Plain(row.GetValueOrDefault(column)))])]);
    }

    private static object? Plain(object? value) => value switch
    {
        MlflowImage => value,
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        _ => ObjectTree.Of(value),
    };
}
