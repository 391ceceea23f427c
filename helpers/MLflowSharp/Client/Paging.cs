namespace MLflowSharp;

/// <summary>Reads all pages of a search.</summary>
internal static class Paging
{
    /// <param name="search">Reads a page of a size that begins at a token.</param>
    /// <param name="maxResults">How many items at most; null for all.</param>
    /// <param name="pageSize">How many items are asked for at a time.</param>
    public static async Task<IReadOnlyList<T>> AllAsync<T>(Func<int, string?, Task<PagedList<T>>> search, int? maxResults, int pageSize)
    {
        if (maxResults < 1)
            throw MlflowException.Invalid($"Invalid value {maxResults} for parameter 'max_results' supplied. It must be a positive integer");
        var all = new List<T>();
        string? token = null;
        do
        {
            var page = await search(Math.Min(pageSize, (maxResults ?? int.MaxValue) - all.Count), token);
            all.AddRange(page);
            token = page.Token;
        }
        while (token is not null && (maxResults is null || all.Count < maxResults));

        return all;
    }
}
