namespace MLflowSharp;

/// <summary>Everything a run logged, with the newest value of each metric.</summary>
public sealed record RunData
{
    /// <summary>Makes the data of a run.</summary>
    /// <param name="latestMetrics">Newest point of each metric: the one with the highest step, then the latest time.</param>
    /// <param name="parameters">Parameters by key.</param>
    /// <param name="tags">Tags by key, MLflow's own (<c>mlflow.…</c>) included.</param>
    public RunData(
        IReadOnlyList<Metric> latestMetrics, IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> tags)
        : this(latestMetrics, latestMetrics.ToDictionary(metric => metric.Key, metric => metric.Value), parameters, tags)
    {
    }

    internal RunData(
        IReadOnlyList<Metric> latestMetrics, IReadOnlyDictionary<string, double> metrics, IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> tags)
    {
        LatestMetrics = latestMetrics;
        Metrics = metrics;
        Params = parameters;
        Tags = tags;
    }

    /// <summary>Newest value of each metric by key. The whole course of a metric is <see cref="MlflowClient.GetMetricHistory(string, string)"/>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; }

    /// <summary>Newest point of each metric, with its step and time.</summary>
    public IReadOnlyList<Metric> LatestMetrics { get; }

    /// <summary>Parameters by key.</summary>
    public IReadOnlyDictionary<string, string> Params { get; }

    /// <summary>Tags by key.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; }
}
