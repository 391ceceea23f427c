using System.Collections;
using System.Collections.Concurrent;

namespace CSharpKernel.Display;

/// <summary>The keys and values of dictionaries of every kind: generic or not, read-only, frozen, or a class of the notebook's own.</summary>
internal static class Entries
{
    private static readonly Type[] Kinds = [typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)];
    private static readonly ConcurrentDictionary<Type, bool> Known = new();
    private static readonly ConcurrentDictionary<Type, Type?> Groups = new();

    /// <summary>Whether a value is a dictionary; all of them can be enumerated.</summary>
    public static bool Has(object? value) => value is IDictionary || (value is IEnumerable && Known.GetOrAdd(value.GetType(), IsDictionary));

    /// <summary>The key and the value of one item of a dictionary.</summary>
    public static (object? Key, object? Value) Read(object? item)
    {
        if (item is DictionaryEntry entry)
            return (entry.Key, entry.Value);
        var pair = item!.GetType();
        return (pair.GetProperty("Key")!.GetValue(item), pair.GetProperty("Value")!.GetValue(item));
    }

    /// <summary>Whether a type is that of a dictionary's items.</summary>
    public static bool IsPair(Type type) => type == typeof(DictionaryEntry) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    /// <summary>The key and the items of a group, as <c>GroupBy</c> makes them.</summary>
    /// <returns>Null when the item is no group.</returns>
    public static (object? Key, IEnumerable Items)? TryReadGroup(object item)
    {
        if (item is not IEnumerable items)
            return null;
        var group = Groups.GetOrAdd(item.GetType(), type => type.GetInterfaces().FirstOrDefault(kind => kind.IsGenericType && kind.GetGenericTypeDefinition() == typeof(IGrouping<,>)));
        // As a plain list, because the group itself would be shown as a group again.
        return group is null ? null : (group.GetProperty("Key")!.GetValue(item), items.Cast<object?>());
    }

    private static bool IsDictionary(Type type) => type.GetInterfaces().Any(kind => kind.IsGenericType && Kinds.Contains(kind.GetGenericTypeDefinition()));
}
