namespace MLflowSharp.Search.InMemory;

/// <summary>Filters, sorts and cuts a page out of things in memory.</summary>
internal static class SearchPage
{
    /// <summary>One page.</summary>
    /// <param name="subjects">What is searched; read in parallel.</param>
    /// <param name="clauses">The filter.</param>
    /// <param name="orders">What to sort by, the last of which tells any two apart.</param>
    /// <param name="maxResults">Size of a page.</param>
    /// <param name="pageToken">Token of the previous page.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public static PagedList<T> Of<T>(
        IReadOnlyList<T> subjects, IReadOnlyList<SearchClause> clauses, IReadOnlyList<SearchOrder> orders, int maxResults, string? pageToken, CancellationToken cancellationToken)
        where T : SearchSubject
    {
        var offset = PageToken.Offset(pageToken);
        return PageToken.Page(Find(subjects, clauses, orders, offset, maxResults + 1L, cancellationToken), offset, maxResults);
    }

    /// <summary>What the filter lets through, in order, from an offset on and at most so many.</summary>
    public static List<T> Find<T>(
        IReadOnlyList<T> subjects, IReadOnlyList<SearchClause> clauses, IReadOnlyList<SearchOrder> orders, long offset, long limit, CancellationToken cancellationToken)
        where T : SearchSubject
    {
        var keys = new SearchOrdering.SortKey[]?[subjects.Count];
        InParallel(subjects.Count, i => keys[i] = SearchFilter.Matches(clauses, subjects[i]) ? SearchOrdering.KeysOf(subjects[i], orders) : null, cancellationToken);
        var found = Enumerable.Range(0, subjects.Count).Where(i => keys[i] is not null).ToList();
        found.Sort((left, right) => SearchOrdering.Compare(keys[left]!, keys[right]!, orders));
        return [.. found.Skip((int)Math.Min(offset, found.Count)).Take((int)Math.Min(limit, found.Count)).Select(i => subjects[i])];
    }

    /// <summary>Does something for each index; the first exception is thrown as it is.</summary>
    public static void InParallel(int count, Action<int> body, CancellationToken cancellationToken)
    {
        try
        {
            if (count < 8)
            {
                for (var i = 0; i < count; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    body(i);
                }
            }
            else
            {
                Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, body);
            }
        }
        catch (AggregateException error)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }
}
