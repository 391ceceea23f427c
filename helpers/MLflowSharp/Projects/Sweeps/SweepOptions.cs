namespace MLflowSharp.Projects.Sweeps;

/// <summary>What a sweep tries.</summary>
public sealed record SweepOptions
{
    /// <summary>What is tried for which parameter. Lists alone, without <see cref="Trials"/>, are crossed (grid search); else values are drawn (random search).</summary>
    public IReadOnlyList<SearchDimension> Space { get; init; } = [];

    /// <summary>How many trials; null for the whole grid.</summary>
    public int? Trials { get; init; }

    /// <summary>Where random numbers come from: the same seed gives the same trials. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many trials run at the same time, from 1 on. Default: 1.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>The metric that is compared, which the project logs; null to compare nothing.</summary>
    public string? Metric { get; init; }

    /// <summary>Whether less of the metric is better. Default: more is.</summary>
    public bool Minimize { get; init; }

    /// <summary>
    /// Whether trials are stopped that are worse than half of the others were at the same step: the median rule (Golovin et al., "Google Vizier",
    /// KDD 2017, 3.2.2). It needs metrics with steps. Not on Slurm.
    /// </summary>
    public bool StopEarly { get; init; }

    /// <summary>The first step at which a trial may be stopped. Default: 1.</summary>
    public long StopFromStep { get; init; } = 1;

    /// <summary>How many other trials must have come as far before one is stopped. Default: 2.</summary>
    public int StopAfterTrials { get; init; } = 2;

    /// <summary>How often running trials are looked at. Default: 1 second.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(1);
}
