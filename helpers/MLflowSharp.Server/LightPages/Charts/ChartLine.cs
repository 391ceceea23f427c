namespace MLflowSharp.Server.LightPages.Charts;

/// <summary>One run's points of a metric.</summary>
/// <param name="Name">The run's name.</param>
/// <param name="RunId">The run.</param>
/// <param name="Points">Its points in the order of steps.</param>
internal sealed record ChartLine(string Name, string RunId, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>The line with its noise taken out: an average that forgets, corrected for its beginning, as TensorBoard's.</summary>
    /// <param name="weight">How much of the past stays, from 0 (nothing: the line as it is) to below 1.</param>
    public ChartLine Smooth(double weight)
    {
        if (weight <= 0)
            return this;
        var (average, known) = (0.0, 0);
        var smooth = new List<ChartPoint>(Points.Count);
        foreach (var point in Points)
        {
            if (!double.IsFinite(point.Value))
            {
                smooth.Add(point);
                continue;
            }

            average = (average * weight) + ((1 - weight) * point.Value);
            smooth.Add(point with { Value = average / (1 - Math.Pow(weight, ++known)) });
        }

        return this with { Points = smooth };
    }
}
