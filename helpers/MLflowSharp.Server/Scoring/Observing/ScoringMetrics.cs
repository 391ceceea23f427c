using MLflowSharp.Server.Observing;

namespace MLflowSharp.Server.Scoring.Observing;

/// <summary>What the server counts, for Prometheus.</summary>
internal sealed class ScoringMetrics
{
    private readonly RequestCounts _counts = new("mlflow_scoring", "mlflow_scoring_requests_total", "path", "code");
    private long _rows;
    private long _reloads;

    /// <summary>A request has come.</summary>
    public void Began() => _counts.Began();

    /// <summary>A request is answered.</summary>
    /// <param name="path">Its path, one of those that the server has.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="rows">How many rows were scored.</param>
    /// <param name="duration">How long it took.</param>
    public void Ended(string path, int status, int rows, TimeSpan duration)
    {
        var isScoring = path == ScoringHandler.InvocationsPath;
        _counts.Ended(path, status, isScoring ? duration : null);
        if (isScoring)
            Interlocked.Add(ref _rows, rows);
    }

    /// <summary>Another version of the model has taken over.</summary>
    public void Reloaded() => Interlocked.Increment(ref _reloads);

    /// <summary>Writes all.</summary>
    /// <param name="version">The version of the model that is served; empty for none.</param>
    public string Write(string version)
    {
        var text = new PrometheusText();
        _counts.Write(text, "Time from a request for predictions to its answer.");
        text.Describe("mlflow_scoring_rows_total", "counter", "Rows scored.");
        text.Line("mlflow_scoring_rows_total", Interlocked.Read(ref _rows));
        text.Describe("mlflow_scoring_model_reloads_total", "counter", "How often another version of the model took over.");
        text.Line("mlflow_scoring_model_reloads_total", Interlocked.Read(ref _reloads));
        text.Describe("mlflow_scoring_model_info", "gauge", "The model that is served.");
        text.Line($"mlflow_scoring_model_info{{version=\"{version}\"}}", 1);
        return text.ToString();
    }
}
