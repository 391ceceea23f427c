using System.Collections;

namespace MLflowSharp;

/// <summary>One page of a search.</summary>
/// <typeparam name="T">What is searched.</typeparam>
/// <param name="items">The page's items.</param>
/// <param name="token">What asks for the next page; null on the last one.</param>
public sealed class PagedList<T>(IReadOnlyList<T> items, string? token) : IReadOnlyList<T>
{
    /// <summary>Give this to the next call of the same search to get the next page; null when there is none.</summary>
    public string? Token { get; } = token;

    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public T this[int index] => items[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
