using System.Collections.Concurrent;
using System.Diagnostics;

namespace MLflowSharp.Server.Observing;

/// <summary>
/// Counts and tells of every request of a tracking server, also of those that are refused. The names are those of MLflow's exporter
/// (<c>--expose-prometheus</c>), so that boards made for it show this server, too.
/// </summary>
/// <param name="log">Takes a line for each request.</param>
internal sealed class RequestWatch(JsonLines log)
{
    /// <summary>The path where the numbers are.</summary>
    public const string Path = "/metrics";

    /// <summary>The status of a request whose client left before the answer was sent, as nginx writes it.</summary>
    public const int ClientLeft = 499;

    private readonly ConcurrentDictionary<(string Method, int Status), long> _requests = [];
    private readonly DurationHistogram _durations = new();
    private long _inFlight;

    /// <summary>A request has come.</summary>
    /// <returns>When, for <see cref="Ended"/>.</returns>
    public long Began()
    {
        Interlocked.Increment(ref _inFlight);
        return Stopwatch.GetTimestamp();
    }

    /// <summary>A request is answered to the last byte, or given up.</summary>
    public void Ended(RestRequest request, int status, long began)
    {
        var duration = Stopwatch.GetElapsedTime(began);
        Interlocked.Decrement(ref _inFlight);
        // Whatever a client calls its method must not fill the memory.
        var method = request.Method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" ? request.Method : "other";
        _requests.AddOrUpdate((method, status), 1, (_, count) => count + 1);
        _durations.Add(duration);
        log.Request(request, status, duration);
    }

    /// <summary>Writes all numbers.</summary>
    public string Write()
    {
        var text = new PrometheusText();
        text.Describe("mlflow_http_request_total", "counter", "Requests answered.");
        foreach (var ((method, status), count) in _requests.OrderBy(request => request.Key))
            text.Line($"mlflow_http_request_total{{method=\"{method}\",status=\"{status}\"}}", count);
        _durations.Write(text, "mlflow_http_request_duration_seconds", "Time from a request to the last byte of its answer.");
        text.Describe("mlflow_http_requests_in_flight", "gauge", "Requests that are being answered.");
        text.Line("mlflow_http_requests_in_flight", Interlocked.Read(ref _inFlight));
        text.Describe("process_resident_memory_bytes", "gauge", "Memory of the process.");
        text.Line("process_resident_memory_bytes", Environment.WorkingSet);
        return text.ToString();
    }
}
