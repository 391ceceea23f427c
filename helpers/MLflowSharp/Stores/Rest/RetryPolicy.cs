using System.Net;

namespace MLflowSharp.Stores.Rest;

/// <summary>
/// MLflow's rules for repeating a call, which are those of urllib3: nothing is waited before the first repetition, then factor × 2, × 4 and so on
/// with some jitter, up to two minutes; a server that says when to come again is obeyed.
/// </summary>
/// <remarks>
/// Written here, though Polly.Core has the same: its first call costs 60 to 190 ms of a starting process (measured on .NET 10, two busy cores),
/// this loop 3 to 9; a process has 300 ms from its start to its first logged metric.
/// </remarks>
internal sealed class RetryPolicy(HttpSettings settings, TimeProvider time, Random random)
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(120);

    // A date in the far future must not hold a training run for ever; urllib3 stops at six hours as well.
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(6);

    public int MaxRetries => settings.MaxRetries;

    /// <summary>Whether the same request may succeed a little later.</summary>
    public static bool MayPass(HttpStatusCode status) => (int)status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>Whether the same request may succeed a little later: a wrong certificate or name of a proxy's user stays wrong.</summary>
    public static bool MayPass(HttpRequestException error) => error.HttpRequestError is not (
        HttpRequestError.SecureConnectionError or HttpRequestError.UserAuthenticationError
        or HttpRequestError.VersionNegotiationError or HttpRequestError.ConfigurationLimitExceeded);

    /// <summary>How long to wait after so many failures.</summary>
    /// <param name="failures">How many attempts failed, 1 or more.</param>
    /// <param name="answer">The last attempt's answer; null when there was none.</param>
    public TimeSpan DelayAfter(int failures, HttpResponseMessage? answer)
    {
        if (settings.RespectRetryAfter && answer?.Headers.RetryAfter is { } header)
        {
            var wanted = header.Delta ?? header.Date - time.GetUtcNow() ?? TimeSpan.Zero;
            return wanted < TimeSpan.Zero ? TimeSpan.Zero : wanted > LongestRetryAfter ? LongestRetryAfter : wanted;
        }

        if (failures <= 1)
            return TimeSpan.Zero;
        var seconds = settings.BackoffFactor * Math.Pow(2, failures - 1);
        if (settings.BackoffJitter > 0)
            seconds += NextDouble() * settings.BackoffJitter;
        return TimeSpan.FromSeconds(Math.Min(seconds, LongestBackoff.TotalSeconds));
    }

    private double NextDouble()
    {
        // A random generator that a caller gave is not safe for several threads.
        lock (random)
            return random.NextDouble();
    }
}
