using System.Globalization;

namespace MLflowSharp.Server.Observing;

/// <summary>Counts durations by how long they were. Safe for use from several threads.</summary>
internal sealed class DurationHistogram
{
    private static readonly double[] Bounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private long _ticks;

    /// <summary>Counts a duration.</summary>
    public void Add(TimeSpan duration)
    {
        var bucket = Array.FindIndex(Bounds, bound => duration.TotalSeconds <= bound);
        Interlocked.Increment(ref _buckets[bucket < 0 ? Bounds.Length : bucket]);
        Interlocked.Add(ref _ticks, duration.Ticks);
    }

    /// <summary>Writes all.</summary>
    public void Write(PrometheusText text, string name, string help)
    {
        text.Describe(name, "histogram", help);
        var seen = 0L;
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            seen += Interlocked.Read(ref _buckets[bucket]);
            text.Line($"{name}_bucket{{le=\"{(bucket < Bounds.Length ? Bounds[bucket].ToString(CultureInfo.InvariantCulture) : "+Inf")}\"}}", seen);
        }

        text.Line($"{name}_sum", Interlocked.Read(ref _ticks) / (double)TimeSpan.TicksPerSecond);
        text.Line($"{name}_count", seen);
    }
}
