using System.Diagnostics;
using MLflowSharp.Server.Polling;

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

    private readonly RequestCounts _counts = new("mlflow_http", "mlflow_http_request_total", "method", "status");

    /// <summary>A request has come.</summary>
    /// <returns>When, for <see cref="Ended"/>.</returns>
    public long Began()
    {
        _counts.Began();
        return Stopwatch.GetTimestamp();
    }

    /// <summary>A request is answered to the last byte, or given up.</summary>
    public void Ended(RestRequest request, int status, long began)
    {
        var duration = Stopwatch.GetElapsedTime(began);
        // Whatever a client calls its method must not fill the memory.
        var method = request.Method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" ? request.Method : "other";
        _counts.Ended(method, status, duration);
        log.Request(request, status, duration);
    }

    /// <summary>Writes all numbers.</summary>
    /// <param name="answers">What is kept for pages that ask again and again.</param>
    public string Write(RememberedAnswers answers)
    {
        var text = new PrometheusText();
        _counts.Write(text, "Time from a request to the last byte of its answer.");
        text.Describe("mlflow_polled_total", "counter", "Searches and curves of charts that pages asked for, by whether they were kept in memory or read from the store.");
        text.Line("mlflow_polled_total{from=\"memory\"}", answers.Found);
        text.Line("mlflow_polled_total{from=\"store\"}", answers.Made);
        return text.ToString();
    }
}
