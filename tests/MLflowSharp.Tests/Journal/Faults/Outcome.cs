namespace MLflowSharp.Tests.Journal.Faults;

/// <summary>What became of values that were logged while something went wrong.</summary>
/// <param name="Logged">How many calls returned, or threw.</param>
/// <param name="Found">How many of their values are in the store afterwards.</param>
/// <param name="Duplicates">How many values are there once more.</param>
/// <param name="Told">How many callers got an error instead.</param>
public sealed record Outcome(long Logged, long Found, long Duplicates, long Told)
{
    /// <summary>How it was tried here, when that is not as everywhere; empty otherwise.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether every value is there once, or its caller was told.</summary>
    public bool IsRight => Logged > 0 && Found + Told == Logged && Duplicates == 0;

    /// <summary>Both together.</summary>
    public static Outcome operator +(Outcome one, Outcome other) =>
        new(one.Logged + other.Logged, one.Found + other.Found, one.Duplicates + other.Duplicates, one.Told + other.Told) { Note = other.Note };

    /// <summary>Compares a metric's history with what was logged: values that are their own steps.</summary>
    /// <param name="history">The history.</param>
    /// <param name="logged">How many calls returned.</param>
    /// <param name="told">How many of them threw.</param>
    /// <param name="first">The first step.</param>
    public static Outcome Of(IReadOnlyList<Metric> history, long logged, int told = 0, long first = 0)
    {
        Assert.All(history, point => Assert.Equal(point.Step, (long)point.Value));
        var steps = history.Select(point => point.Step).ToHashSet();
        // The value whose call had not returned may be there.
        Assert.True(steps.Count == 0 || steps.Max() <= first + logged, "A value is there that nobody logged.");
        return new(logged, Enumerable.Range(0, (int)logged).Count(step => steps.Contains(first + step)), history.Count - steps.Count, told);
    }
}
