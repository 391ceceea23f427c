using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace MLflowSharp.Values;

/// <summary>
/// A dictionary over a list that is sorted by key (ordinal, no key twice) and does not change: it takes no memory of its own, which counts where
/// thousands of runs have three of them each.
/// </summary>
internal sealed class SortedLookup<TItem, TValue>(IReadOnlyList<TItem> items, Func<TItem, string> key, Func<TItem, TValue> value)
    : IReadOnlyDictionary<string, TValue>
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
}
