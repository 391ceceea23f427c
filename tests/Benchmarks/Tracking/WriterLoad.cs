using System.Diagnostics;

namespace Benchmarks;

/// <summary>What many writers at once met.</summary>
/// <param name="Median">The median of a call, in milliseconds.</param>
/// <param name="Tail">Its 99th percentile.</param>
/// <param name="Rate">Calls answered in a second.</param>
/// <param name="Failed">Calls that were not answered with success.</param>
internal sealed record WriterLoad(double Median, double Tail, double Rate, int Failed)
{
    /// <summary>How many write at once, each to a run of its own, the next value as soon as the last is answered.</summary>
    public const int Writers = 64;

    /// <summary>Lets them write.</summary>
    /// <param name="server">The server.</param>
    /// <param name="duration">How long.</param>
    public static async Task<WriterLoad> MeasureAsync(Uri server, TimeSpan duration)
    {
        using var calls = new TrackingCalls(server);
        var runs = new List<string>();
        for (var writer = 0; writer < Writers; writer++)
            runs.Add(await calls.CreateRunAsync());
        var clock = Stopwatch.StartNew();
        var written = await Task.WhenAll(runs.Select(async run =>
        {
            var (times, failed) = (new List<double>(), 0);
            for (var step = 0; clock.Elapsed < duration; step++)
            {
                var began = Stopwatch.GetTimestamp();
                try
                {
                    await calls.LogMetricAsync(run, step);
                    times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
                catch (HttpRequestException)
                {
                    failed++;
                }
            }

            return (Times: times, Failed: failed);
        }));
        var sorted = written.SelectMany(writer => writer.Times).Order().ToList();
        return new(sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.99)], sorted.Count / clock.Elapsed.TotalSeconds, written.Sum(writer => writer.Failed));
    }
}
