using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Comparison;

/// <summary>Finds what would make outputs count as equal that do not: a tolerance, a similarity, a normalizer that is not in use.</summary>
internal static class Remedies
{
    /// <summary>Trying out takes as long as comparing; outputs with more characters than this are not tried.</summary>
    private const int MostCharacters = 200_000;

    /// <summary>Finds the narrowest remedy, in the words of a mark such as <c>tolerance 0.02</c>; null when there is none.</summary>
    /// <param name="options">How the outputs were compared.</param>
    /// <param name="catalogue">All normalizers there are, in the order they are applied.</param>
    /// <param name="stored">The outputs stored.</param>
    /// <param name="now">The outputs of this run.</param>
    public static string? Find(ComparisonOptions options, IReadOnlyList<Normalizer> catalogue, IReadOnlyList<CellOutput> stored, IReadOnlyList<CellOutput> now)
    {
        if (stored.Concat(now).Sum(Size) > MostCharacters) return null;

        var drawn = stored.OfType<DisplayOutput>().SelectMany(display => display.Data.Keys).Any(type => type.StartsWith("image/", StringComparison.Ordinal));
        // "numbers" hides every number, so it is the last resort. Several may have one name.
        List<(string Name, List<Normalizer> Members)> groups = [.. catalogue.Except(options.Normalizers).GroupBy(normalizer => normalizer.Name).Select(group => (group.Key, group.ToList()))];
        var narrow = groups.Where(group => group.Name != "numbers").ToList();
        return Try(options, [])
            ?? First(narrow, group => Agrees(options, group.Members) ? $"normalize {group.Name}" : null)
            ?? First(narrow, group => Try(options, group.Members) is { } mark ? $"normalize {group.Name}` and `// test: {mark}" : null)
            ?? First(narrow.SelectMany((group, i) => narrow.Skip(i + 1).Select(other => (Name: $"{group.Name} {other.Name}", Members: group.Members.Concat(other.Members).ToList()))),
                pair => Agrees(options, pair.Members) ? $"normalize {pair.Name}" : null)
            ?? First(groups.Except(narrow), group => Agrees(options, group.Members) ? $"normalize {group.Name}" : null);

        bool Agrees(ComparisonOptions tried, List<Normalizer> added) =>
            new OutputComparer(tried with { Normalizers = [.. catalogue.Where(normalizer => tried.Normalizers.Contains(normalizer) || added.Contains(normalizer))] }).Compare(stored, now).Agrees;

        string? Try(ComparisonOptions tried, List<Normalizer> added)
        {
            var probe = new NumberProbe();
            if (Agrees(tried with { Probe = probe }, added)) return probe.Narrowest() is { } tolerance ? $"tolerance {tolerance}" : null;
            foreach (var similarity in drawn ? (double[])[0.9, 0.8, 0.7, 0.6, 0.5] : [])
            {
                if (similarity < tried.Similarity && Agrees(tried with { Similarity = similarity }, added)) return FormattableString.Invariant($"similarity {similarity}");
            }
            return null;
        }
    }

    private static string? First<T>(IEnumerable<T> candidates, Func<T, string?> find) => candidates.Select(find).FirstOrDefault(found => found is not null);

    private static long Size(CellOutput output) => output switch
    {
        StreamOutput stream => stream.Text.Length,
        DisplayOutput display => display.Data.Keys.Where(type => !type.StartsWith("image/", StringComparison.Ordinal)).Sum(type => (long?)display.Text(type)?.Length ?? 0),
        _ => 0,
    };
}
