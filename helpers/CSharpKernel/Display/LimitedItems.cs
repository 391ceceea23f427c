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
                    return (items, Describe(sequence, limit));
                items.Add(enumerator.Current);
            }
        }
        finally
        {
            (enumerator as IDisposable)?.Dispose();
        }

        return (items, null);
    }

    private static string Describe(IEnumerable sequence, int shown) =>
        sequence is ICollection { Count: var count }
            ? string.Create(CultureInfo.InvariantCulture, $"… {count - shown} more")
            : "… more";
}
