namespace MLflowSharp.Server.Users;

/// <summary>Fills a page with what may be seen.</summary>
internal static class FilteredPage
{
    /// <summary>Reads on until the page is full or there is no more; no item is read over, so that the token goes on where the page ends.</summary>
    /// <param name="read">Reads up to a number of items from a token on.</param>
    /// <param name="isSeen">Whether an item may be seen.</param>
    /// <param name="size">The page's size.</param>
    /// <param name="token">Where to start.</param>
    public static async Task<PagedList<T>> ReadAsync<T>(Func<int, string?, Task<PagedList<T>>> read, Func<T, bool> isSeen, int size, string? token)
    {
        var seen = new List<T>();
        do
        {
            var page = await read(size - seen.Count, token);
            seen.AddRange(page.Where(isSeen));
            token = page.Token;
        }
        while (seen.Count < size && token is not null);

        return new(seen, token);
    }
}
