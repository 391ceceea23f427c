using System.Collections.Concurrent;
using MLflowSharp.Server.Observing;

namespace MLflowSharp.Server.Scoring.Observing;

/// <summary>What the server counts, for Prometheus.</summary>
internal sealed class ScoringMetrics
{
    private readonly ConcurrentDictionary<(string Path, int Status), long> _requests = [];
    private readonly DurationHistogram _durations = new();
    private long _rows;
    private long _reloads;
    private long _inFlight;

    /// <summary>A request has come.</summary>
    public void Began() => Interlocked.Increment(ref _inFlight);

    /// <summary>A request is answered.</summary>
    /// <param name="path">Its path, one of those that the server has.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="rows">How many rows were scored.</param>
    /// <param name="duration">How long it took.</param>
    public void Ended(string path, int status, int rows, TimeSpan duration)
    {
        Interlocked.Decrement(ref _inFlight);
        _requests.AddOrUpdate((path, status), 1, (_, count) => count + 1);
        if (path != ScoringHandler.InvocationsPath)
            return;
        _durations.Add(duration);
        Interlocked.Add(ref _rows, rows);
    }

    /// <summary>Another version of the model has taken over.</summary>
    public void Reloaded() => Interlocked.Increment(ref _reloads);

    /// <summary>Writes all.</summary>
    /// <param name="version">The version of the model that is served; empty for none.</param>
    public string Write(string version)
    {
        var text = new PrometheusText();
        text.Describe("mlflow_scoring_requests_total", "counter", "Requests answered.");
        foreach (var ((path, status), count) in _requests.OrderBy(request => request.Key))
            text.Line($"mlflow_scoring_requests_total{{path=\"{path}\",code=\"{status}\"}}", count);
        _durations.Write(text, "mlflow_scoring_request_duration_seconds", "Time from a request for predictions to its answer.");
        text.Describe("mlflow_scoring_rows_total", "counter", "Rows scored.");
        text.Line("mlflow_scoring_rows_total", Interlocked.Read(ref _rows));
        text.Describe("mlflow_scoring_requests_in_flight", "gauge", "Requests that are being answered.");
        text.Line("mlflow_scoring_requests_in_flight", Interlocked.Read(ref _inFlight));
        text.Describe("mlflow_scoring_model_reloads_total", "counter", "How often another version of the model took over.");
        text.Line("mlflow_scoring_model_reloads_total", Interlocked.Read(ref _reloads));
        text.Describe("mlflow_scoring_model_info", "gauge", "The model that is served.");
        text.Line($"mlflow_scoring_model_info{{version=\"{version}\"}}", 1);
        text.Describe("process_resident_memory_bytes", "gauge", "Memory of the process.");
        text.Line("process_resident_memory_bytes", Environment.WorkingSet);
        return text.ToString();
    }
}
