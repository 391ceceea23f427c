namespace MLflowSharp.Search.InMemory;

/// <summary>Sorts things in memory as a database sorts them: what is missing comes last in either direction, NaN just before it.</summary>
internal static class SearchOrdering
{
    /// <summary>The values that a thing is sorted by, read once.</summary>
    public static SortKey[] KeysOf(SearchSubject subject, IReadOnlyList<SearchOrder> orders)
    {
        var keys = new SortKey[orders.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = KeyOf(subject, orders[i]);
        return keys;
    }

    public static int Compare(SortKey[] left, SortKey[] right, IReadOnlyList<SearchOrder> orders)
    {
        for (var i = 0; i < left.Length; i++)
        {
            var rank = left[i].Rank.CompareTo(right[i].Rank);
            if (rank != 0)
                return rank;
            var order = left[i].Rank > 0 ? 0 : CompareValues(left[i], right[i]);
            if (order != 0)
                return orders[i].Ascending ? order : -order;
        }

        return 0;
    }

    /// <summary>Order of texts by code points, as of their UTF-8 bytes.</summary>
    public static int CompareTexts(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
            return left.Length.CompareTo(right.Length);
        var (a, b) = (left[same], right[same]);
        // Halves of characters beyond the basic plane stand before the end of that plane, but sort after it.
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }

    private static SortKey KeyOf(SearchSubject subject, SearchOrder order)
    {
        switch (order.Entity)
        {
            case SearchEntity.Metric:
                var metric = subject.Metrics(order.Key)
                    .Where(metric => (order.DatasetName is null || metric.DatasetName == order.DatasetName) && (order.DatasetDigest is null || metric.DatasetDigest == order.DatasetDigest))
                    .MaxBy(metric => (metric.Timestamp, metric.Step));
                return metric is null ? new(2) : double.IsNaN(metric.Value) ? new(1) : new(0, null, metric.Value);
            case SearchEntity.Parameter:
                return OfText(subject.Parameter(order.Key));
            case SearchEntity.Tag:
                return OfText(subject.Tag(order.Key));
            default:
                return subject.Attribute(order.Key) switch
                {
                    null => new(2),
                    // Times are exact as doubles until the year 287396.
                    long number => new(0, null, number),
                    var text => new(0, text.ToString()),
                };
        }
    }

    private static SortKey OfText(string? text) => text is null ? new(2) : new(0, text);

    private static int CompareValues(SortKey left, SortKey right) =>
        left.Text is { } text && right.Text is { } other ? CompareTexts(text, other) : left.Number.CompareTo(right.Number);

    /// <summary>One value to sort by.</summary>
    /// <param name="Rank">0 for a value, 1 for one that is not a number, 2 for a missing one.</param>
    /// <param name="Text">A text; null for a number.</param>
    /// <param name="Number">A number.</param>
    internal readonly record struct SortKey(int Rank, string? Text = null, double Number = 0);
}
