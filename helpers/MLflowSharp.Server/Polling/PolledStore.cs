using System.Globalization;
using System.Text.Json;
using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Users;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Polling;

/// <summary>
/// What pages that stay open ask a store for each half minute: searches for runs, and charts. An answer is given again while nothing in the store has
/// changed, whoever would have changed it; of a chart, the curves of those runs that have no new points even then.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="answers">What is kept.</param>
/// <param name="permissions">What users may, where there are users: each sees another part of the store.</param>
internal sealed class PolledStore(ITrackingStore store, RememberedAnswers answers, Permissions? permissions)
{
    /// <summary>A curve of as many points is read anew when anything has changed: to count them would be hardly quicker.</summary>
    private const long Long = 20_000;

    /// <summary>Answers a search for runs.</summary>
    /// <param name="request">The search.</param>
    /// <param name="search">Searches, and gives the answer's JSON.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    public async Task<byte[]> FindAsync(SearchRunsRequest request, Func<CancellationToken, Task<byte[]>> search, CancellationToken cancellationToken)
    {
        if (await GetStateAsync(cancellationToken) is not { } state)
            return await search(cancellationToken);
        var key = (permissions?.Current.Id, JsonSerializer.Serialize(request, ProtocolContext.Default.SearchRunsRequest));
        return answers.Find<byte[]>(key, state) ?? await answers.OnceAsync(key, state, SearchAsync, cancellationToken);

        async Task<byte[]> SearchAsync(CancellationToken left)
        {
            var json = await search(left);
            return answers.Keep(key, state, json, json.Length);
        }
    }

    /// <summary>Reads the curves of a chart.</summary>
    /// <param name="request">What is wanted, with its runs and its metric.</param>
    /// <param name="maxResults">How many points a curve may have.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <returns>A curve for each run that is asked for, in that order.</returns>
    public async Task<IReadOnlyList<Curve>> ReadCurvesAsync(GetMetricHistoryIntervalRequest request, int maxResults, CancellationToken cancellationToken)
    {
        if (await GetStateAsync(cancellationToken) is not { } state)
            return InOrder(request, await ReadAsync(request, maxResults, request.RunIds!, cancellationToken));
        var key = (permissions?.Current.Id, JsonSerializer.Serialize(request, ProtocolContext.Default.GetMetricHistoryIntervalRequest));
        return await answers.OnceAsync(key, state, left => ReadCurvesAsync(request, maxResults, state, left), cancellationToken);
    }

    private async Task<IReadOnlyList<Curve>> ReadCurvesAsync(GetMetricHistoryIntervalRequest request, int maxResults, string state, CancellationToken cancellationToken)
    {
        var counts = await CountAsync(request, state, cancellationToken);
        var found = new Dictionary<string, Curve>(StringComparer.Ordinal);
        foreach (var (run, count) in counts)
        {
            if (answers.Find<Curve>(KeyOf(run), VersionOf(count)) is { } curve)
                found[run] = curve;
        }

        var missing = request.RunIds!.Where(run => !found.ContainsKey(run)).ToList();
        if (missing.Count > 0)
        {
            foreach (var (run, curve) in await ReadAsync(request, maxResults, missing, cancellationToken))
                found[run] = counts.TryGetValue(run, out var count) ? answers.Keep(KeyOf(run), VersionOf(count), curve, curve.Json.Length) : curve;
        }

        return InOrder(request, found);

        object KeyOf(string run) => (run, request.MetricKey, maxResults, request.StartStep, request.EndStep);

        string VersionOf(long count) => count < Long ? count.ToString(CultureInfo.InvariantCulture) : state;
    }

    private async Task<IReadOnlyDictionary<string, long>> CountAsync(GetMetricHistoryIntervalRequest request, string state, CancellationToken cancellationToken)
    {
        var key = (permissions?.Current.Id, request.MetricKey, string.Join('\n', request.RunIds!));
        return answers.Find<IReadOnlyDictionary<string, long>>(key, state) ?? answers.Keep(
            key, state, await ((IWatchedStore)store).CountPointsAsync(request.RunIds!, request.MetricKey!, Long, cancellationToken), request.RunIds!.Count * 100L);
    }

    private async Task<Dictionary<string, Curve>> ReadAsync(GetMetricHistoryIntervalRequest request, int maxResults, IEnumerable<string> runs, CancellationToken cancellationToken)
    {
        var distinct = runs.Distinct(StringComparer.Ordinal).ToList();
        var points = await store.GetMetricHistoryIntervalAsync(distinct, request.MetricKey!, maxResults, request.StartStep, request.EndStep, cancellationToken);
        var ofRun = points.ToLookup(point => point.RunId, StringComparer.Ordinal);
        return distinct.Zip(RunJson.Points(distinct.Select(run => ofRun[run].ToList()))).ToDictionary(each => each.First, each => new Curve(each.Second), StringComparer.Ordinal);
    }

    private static List<Curve> InOrder(GetMetricHistoryIntervalRequest request, Dictionary<string, Curve> curves) => [.. request.RunIds!.Select(run => curves[run])];

    private async Task<string?> GetStateAsync(CancellationToken cancellationToken) =>
        store is IWatchedStore watched && await watched.GetStateAsync(cancellationToken) is { } state ? $"{state}/{permissions?.Users.State}" : null;
}
