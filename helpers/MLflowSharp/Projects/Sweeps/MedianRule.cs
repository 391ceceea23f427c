namespace MLflowSharp.Projects.Sweeps;

/// <summary>
/// The median stopping rule (Golovin et al., "Google Vizier", KDD 2017, 3.2.2): a trial stops when the best it has reached by its present step is
/// worse than the median of what the others had on average by that step.
/// </summary>
internal static class MedianRule
{
    /// <summary>Whether a trial is to stop.</summary>
    /// <param name="own">Its metric.</param>
    /// <param name="others">The metrics of the other trials, ended or not.</param>
    /// <param name="options">The sweep.</param>
    public static bool Stops(IReadOnlyList<Metric> own, IEnumerable<IReadOnlyList<Metric>> others, SweepOptions options)
    {
        if (own.Count == 0)
            return false;
        var step = own.Max(point => point.Step);
        if (step < options.StopFromStep)
            return false;
        var averages = others.Where(history => history.Count > 0 && history.Max(point => point.Step) >= step)
            .Select(history => history.Where(point => point.Step <= step).Select(point => point.Value).DefaultIfEmpty(double.NaN).Average())
            .Where(double.IsFinite).Order().ToList();
        if (averages.Count < Math.Max(1, options.StopAfterTrials))
            return false;
        var median = (averages[(averages.Count - 1) / 2] + averages[averages.Count / 2]) / 2;
        var values = own.Select(point => point.Value).Where(double.IsFinite).ToList();
        // Nothing but infinity and what is no number is worse than anything.
        return values.Count == 0 || (options.Minimize ? values.Min() > median : values.Max() < median);
    }
}
