namespace NotebookTestRunner.Resources;

/// <summary>Tells a slowdown from the noise of a machine.</summary>
internal static class Trend
{
    private const double Factor = 1.5;
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(0.5);

    /// <summary>Whether something takes clearly longer now.</summary>
    public static bool IsSlower(TimeSpan? before, TimeSpan now) => before is { } last && now > last * Factor && now - last > Least;
}
