using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace MLflowSharp.Server.Scoring.Observing;

/// <summary>
/// What the server counts, in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). Counted here and not by
/// a package: those listen to all of .NET's instruments, and three counters and a histogram need no more than this.
/// </summary>
internal sealed class ScoringMetrics
{
    /// <summary>The media type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly double[] Bounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<(string Path, int Status), long> _requests = [];
    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private long _ticks;
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
        var bucket = Array.FindIndex(Bounds, bound => duration.TotalSeconds <= bound);
        Interlocked.Increment(ref _buckets[bucket < 0 ? Bounds.Length : bucket]);
        Interlocked.Add(ref _ticks, duration.Ticks);
        Interlocked.Add(ref _rows, rows);
    }

    /// <summary>Another version of the model has taken over.</summary>
    public void Reloaded() => Interlocked.Increment(ref _reloads);

    /// <summary>Writes all.</summary>
    /// <param name="version">The version of the model that is served; empty for none.</param>
    public string Write(string version)
    {
        var text = new StringBuilder();
        Describe(text, "mlflow_scoring_requests_total", "counter", "Requests answered.");
        foreach (var ((path, status), count) in _requests.OrderBy(request => request.Key))
            Line(text, $"mlflow_scoring_requests_total{{path=\"{path}\",code=\"{status}\"}}", count);
        Describe(text, "mlflow_scoring_request_duration_seconds", "histogram", "Time from a request for predictions to its answer.");
        var seen = 0L;
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            seen += Interlocked.Read(ref _buckets[bucket]);
            var bound = bucket < Bounds.Length ? Bounds[bucket].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Line(text, $"mlflow_scoring_request_duration_seconds_bucket{{le=\"{bound}\"}}", seen);
        }

        Line(text, "mlflow_scoring_request_duration_seconds_sum", Interlocked.Read(ref _ticks) / (double)TimeSpan.TicksPerSecond);
        Line(text, "mlflow_scoring_request_duration_seconds_count", seen);
        Describe(text, "mlflow_scoring_rows_total", "counter", "Rows scored.");
        Line(text, "mlflow_scoring_rows_total", Interlocked.Read(ref _rows));
        Describe(text, "mlflow_scoring_requests_in_flight", "gauge", "Requests that are being answered.");
        Line(text, "mlflow_scoring_requests_in_flight", Interlocked.Read(ref _inFlight));
        Describe(text, "mlflow_scoring_model_reloads_total", "counter", "How often another version of the model took over.");
        Line(text, "mlflow_scoring_model_reloads_total", Interlocked.Read(ref _reloads));
        Describe(text, "mlflow_scoring_model_info", "gauge", "The model that is served.");
        Line(text, $"mlflow_scoring_model_info{{version=\"{version}\"}}", 1);
        Describe(text, "process_resident_memory_bytes", "gauge", "Memory of the process.");
        Line(text, "process_resident_memory_bytes", Environment.WorkingSet);
        return text.ToString();
    }

    private static void Describe(StringBuilder text, string name, string type, string help) => text.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static void Line(StringBuilder text, string name, double value) => text.Append(name).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
