using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

namespace CSharpKernel.Display.Foreign;

/// <summary>Reads the first rows of the data of ML.NET, and of previews of it, without a reference to it.</summary>
internal static class DataViewTable
{
    private const string PreviewType = "Microsoft.ML.Data.DataDebuggerPreview";
    private static readonly ConcurrentDictionary<Type, Func<object, int, object>?> Previews = new();

    /// <summary>Whether values of a type are data of ML.NET.</summary>
    public static bool Is(Type type) => Previews.GetOrAdd(type, Find) is not null;

    /// <summary>Reads the first rows.</summary>
    public static Table Read(object value, int limit)
    {
        // One more than is shown tells whether there are more.
        var preview = Previews.GetOrAdd(value.GetType(), Find)!(value, limit + 1);
        var rows = ((IEnumerable)preview.GetType().GetProperty("RowView")!.GetValue(preview)!).Cast<object>().ToList().ConvertAll(Values);
        var columns = ((IEnumerable)preview.GetType().GetProperty("Schema")!.GetValue(preview)!).Cast<object>().Select(column => (string)column.GetType().GetProperty("Name")!.GetValue(column)!).ToList();
        return new Table(columns, rows.Take(limit).ToList(), rows.Count > limit ? "… more" : null, [.. Enumerable.Range(0, Math.Min(rows.Count, limit)).Select(row => row.ToString(CultureInfo.InvariantCulture))]);
    }

    private static IReadOnlyList<object?> Values(object row)
    {
        var values = row.GetType().GetField("Values")?.GetValue(row) ?? row.GetType().GetProperty("Values")!.GetValue(row);
        return [.. ((IEnumerable)values!).Cast<object>().Select(pair => Plain(Entries.Read(pair).Value))];
    }

    // Vectors and texts of its own types, which say in words what they hold.
    private static object? Plain(object? value)
    {
        if (value?.GetType() is not { IsGenericType: true } type || type.Name != "VBuffer`1")
            return value is ReadOnlyMemory<char> text ? text.ToString() : value;
        return ((IEnumerable)type.GetMethod("DenseValues")!.Invoke(value, [])!).Cast<object?>().Select(Plain).ToList();
    }

    private static Func<object, int, object>? Find(Type type)
    {
        if (type.FullName == PreviewType)
            return (value, _) => value;
        if (type.GetInterface("Microsoft.ML.IDataView") is not { } view || Library(view.Assembly) is not { } library)
            return null;
        return library.GetType("Microsoft.ML.DebuggerExtensions")?.GetMethod("Preview", [view, typeof(int)]) is { } preview
            ? (value, limit) => preview.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [value, limit], CultureInfo.InvariantCulture)!
            : null;
    }

    private static Assembly? Library(Assembly views) =>
        AssemblyLoadContext.GetLoadContext(views)?.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == "Microsoft.ML.Data");
}
