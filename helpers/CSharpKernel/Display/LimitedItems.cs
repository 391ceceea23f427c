using System.Collections;
using System.Globalization;

namespace CSharpKernel.Display;

/// <summary>Takes the first items of a sequence that may be long, or endless.</summary>
internal static class LimitedItems
{
    /// <summary>The first items, and words for the rest when there is a rest.</summary>
    public static (List<object?> Items, string? More) Take(IEnumerable sequence, int limit)
    {
        var items = new List<object?>();
        var enumerator = sequence.GetEnumerator();
        try
        {
            while (enumerator.MoveNext())
            {
                if (items.Count == limit)
                    return (items, sequence is ICollection { Count: var count } ? Describe(count, limit) : "… more");
                items.Add(enumerator.Current);
            }
        }
        finally
        {
            (enumerator as IDisposable)?.Dispose();
        }

        return (items, null);
    }

    /// <summary>Words for what is left out; null when nothing is.</summary>
    public static string? Describe(long count, long shown) =>
        count <= shown ? null : string.Create(CultureInfo.InvariantCulture, $"… {count - shown} more");
}
