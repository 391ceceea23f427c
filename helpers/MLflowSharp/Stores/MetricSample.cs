using MLflowSharp.Validation;

namespace MLflowSharp.Stores;

/// <summary>
/// Which points of a metric a chart gets: MLflow 3.17 cuts a run's points, in order of step, time and value, into as many equal parts as there
/// may be points, and takes the first of each; the last point of all takes the place of the last of these.
/// </summary>
internal static class MetricSample
{
    private const int MaxRuns = 100;
    private const int MaxPoints = 2500;

    /// <summary>Refuses what MLflow refuses.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static void Check(IReadOnlyList<string> runIds, int maxResults, long? startStep, long? endStep)
    {
        EntityValidator.CheckRunIds(runIds);
        if (runIds.Count > MaxRuns)
            throw MlflowException.Invalid($"The history of a metric can be sampled for at most {MaxRuns} runs in one call. Got {runIds.Count}; ask for them in several calls.");
        if (maxResults is < 1 or > MaxPoints)
            throw MlflowException.Invalid($"max_results must be between 1 and {MaxPoints}. Got {maxResults}.");
        if (startStep.HasValue != endStep.HasValue)
            throw MlflowException.Invalid("If either start step or end step are specified, both must be specified.");
        if (startStep > endStep)
            throw MlflowException.Invalid(FormattableString.Invariant($"end_step must be greater than start_step. Found start_step={startStep} and end_step={endStep}."));
    }

    /// <summary>Positions of the points to take, counted from 0 and rising.</summary>
    /// <param name="count">How many points there are.</param>
    /// <param name="maxResults">How many may be taken, at least 1.</param>
    public static IReadOnlyList<long> Indices(long count, int maxResults)
    {
        var parts = Math.Min(count, maxResults);
        if (parts == 0)
            return [];
        // The first parts are one longer when the points do not divide evenly, as with SQL's NTILE.
        var (size, longer) = (count / parts, count % parts);
        var indices = new long[parts];
        for (var part = 0L; part < parts; part++)
            indices[part] = (part * size) + Math.Min(part, longer);
        indices[^1] = count - 1;
        return indices;
    }
}
