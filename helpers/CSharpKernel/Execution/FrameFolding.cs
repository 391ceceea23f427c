namespace CSharpKernel.Execution;

/// <summary>Shortens a stack trace in which the same calls come back again and again.</summary>
internal static class FrameFolding
{
    private const int LongestCycle = 8;
    private const int FewestRounds = 4;
    private const int Shown = 2;

    /// <summary>The frames to show, and how many like the ones before were left out after each.</summary>
    public static IEnumerable<(CellFrame Frame, int LeftOut, IReadOnlyList<string> Methods)> Fold(IReadOnlyList<CellFrame> frames)
    {
        for (var at = 0; at < frames.Count;)
        {
            var (length, rounds) = FindCycle(frames, at);
            if (rounds < FewestRounds)
            {
                yield return (frames[at++], 0, []);
                continue;
            }

            for (var i = 0; i < length * Shown; i++)
            {
                var isLast = i == (length * Shown) - 1;
                yield return (frames[at + i], isLast ? length * (rounds - Shown) : 0, isLast ? [.. frames.Skip(at).Take(length).Select(frame => frame.Method).Distinct()] : []);
            }

            at += length * rounds;
        }
    }

    private static (int Length, int Rounds) FindCycle(IReadOnlyList<CellFrame> frames, int start)
    {
        for (var length = 1; length <= LongestCycle; length++)
        {
            var end = start + length;
            while (end < frames.Count && frames[end] == frames[end - length])
                end++;
            var rounds = (end - start) / length;
            if (rounds >= FewestRounds)
                return (length, rounds);
        }

        return (1, 1);
    }
}
