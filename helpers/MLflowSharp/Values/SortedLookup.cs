using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace MLflowSharp.Values;

/// <summary>
/// A dictionary over a list that is sorted by key (ordinal, no key twice) and does not change: it takes no memory of its own, which counts where
/// thousands of runs have three of them each. What asks for the old interface of dictionaries, as comparisons in tests do, gets it.
/// </summary>
internal sealed class SortedLookup<TItem, TValue>(IReadOnlyList<TItem> items, Func<TItem, string> key, Func<TItem, TValue> value)
    : IReadOnlyDictionary<string, TValue>, IDictionary
{
    private const int MostNamed = 20;

    public int Count => items.Count;

    public IEnumerable<string> Keys => items.Select(key);

    public IEnumerable<TValue> Values => items.Select(value);

    public TValue this[string wanted] => TryGetValue(wanted, out var found)
        ? found
        : throw new KeyNotFoundException($"'{wanted}' is not one of the keys there are: {(Count == 0 ? "none" : string.Join(", ", Keys.Take(MostNamed)))}{(Count > MostNamed ? ", …" : "")}.");

    public bool ContainsKey(string wanted) => TryGetValue(wanted, out _);

    public bool TryGetValue(string wanted, [MaybeNullWhen(false)] out TValue found)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var (low, high) = (0, items.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (string.CompareOrdinal(key(items[middle]), wanted))
            {
                case 0:
                    found = value(items[middle]);
                    return true;
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        found = default;
        return false;
    }

    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator()
    {
        foreach (var item in items)
            yield return new(key(item), value(item));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    bool IDictionary.IsFixedSize => true;

    bool IDictionary.IsReadOnly => true;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => items;

    ICollection IDictionary.Keys => Keys.ToArray();

    ICollection IDictionary.Values => Values.ToArray();

    object? IDictionary.this[object wanted]
    {
        get => wanted is string text && TryGetValue(text, out var found) ? found : null;
        set => throw ReadOnly();
    }

    bool IDictionary.Contains(object wanted) => wanted is string text && ContainsKey(text);

    IDictionaryEnumerator IDictionary.GetEnumerator() => ((IDictionary)this.ToDictionary()).GetEnumerator();

    void ICollection.CopyTo(Array array, int index) => ((ICollection)this.ToArray()).CopyTo(array, index);

    void IDictionary.Add(object wanted, object? found) => throw ReadOnly();

    void IDictionary.Clear() => throw ReadOnly();

    void IDictionary.Remove(object wanted) => throw ReadOnly();

    private static NotSupportedException ReadOnly() => new("What was read from a store cannot be changed here; log it instead, or copy it with ToDictionary().");
}
