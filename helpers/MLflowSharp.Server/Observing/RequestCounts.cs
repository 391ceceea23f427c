using System.Collections.Concurrent;

namespace MLflowSharp.Server.Observing;

/// <summary>Counts a server's requests, and writes the counts under the names that its boards know. Safe for use from several threads.</summary>
/// <param name="names">What all names begin with, such as <c>mlflow_http</c>.</param>
/// <param name="total">The name of the sum of requests.</param>
/// <param name="kind">The label of what requests are told apart by, such as <c>method</c>.</param>
/// <param name="status">The label of the answer's status.</param>
internal sealed class RequestCounts(string names, string total, string kind, string status)
{
    private readonly ConcurrentDictionary<(string Kind, int Status), long> _requests = [];
    private readonly DurationHistogram _durations = new();
    private long _inFlight;

    /// <summary>A request has come.</summary>
    public void Began() => Interlocked.Increment(ref _inFlight);

    /// <summary>A request is answered or given up.</summary>
    /// <param name="what">What kind it was, one of few: a client that chooses must not fill the memory.</param>
    /// <param name="code">The answer's status.</param>
    /// <param name="duration">How long it took; null where that is not counted.</param>
    public void Ended(string what, int code, TimeSpan? duration)
    {
        Interlocked.Decrement(ref _inFlight);
        _requests.AddOrUpdate((what, code), 1, (_, count) => count + 1);
        if (duration is { } time)
            _durations.Add(time);
    }

    /// <summary>Writes the counts, and the memory of the process.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="duration">What the durations are.</param>
    public void Write(PrometheusText text, string duration)
    {
        text.Describe(total, "counter", "Requests answered.");
        foreach (var ((what, code), count) in _requests.OrderBy(request => request.Key))
            text.Line($"{total}{{{kind}=\"{what}\",{status}=\"{code}\"}}", count);
        _durations.Write(text, $"{names}_request_duration_seconds", duration);
        text.Describe($"{names}_requests_in_flight", "gauge", "Requests that are being answered.");
        text.Line($"{names}_requests_in_flight", Interlocked.Read(ref _inFlight));
        text.Describe("process_resident_memory_bytes", "gauge", "Memory of the process.");
        text.Line("process_resident_memory_bytes", Environment.WorkingSet);
    }
}
