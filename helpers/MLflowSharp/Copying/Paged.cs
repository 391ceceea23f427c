namespace MLflowSharp.Copying;

/// <summary>Reads searches to their end.</summary>
internal static class Paged
{
    /// <summary>How many items are asked for at once; every store and server takes as many.</summary>
    public const int Size = 1000;

    /// <summary>Reads all pages.</summary>
    public static async Task<List<T>> AllAsync<T>(Func<string?, Task<PagedList<T>>> read)
    {
        var all = new List<T>();
        string? token = null;
        do
        {
            var page = await read(token);
            all.AddRange(page);
            token = page.Token;
        }
        while (token is not null);

        return all;
    }
}
