using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Comparison;

/// <summary>
/// Compares what a cell showed with what is stored, MIME type by MIME type, after normalizing both sides. Execution counts,
/// output metadata and tracebacks are not compared (an error counts by its type and message), and printed text counts per
/// stream, because the order of <c>stdout</c> against <c>stderr</c> and displays is not certain. The order of displays counts.
/// </summary>
/// <remarks>
/// <c>application/json</c> and <c>…+json</c> (Plotly, Vega-Lite), <c>image/svg+xml</c> and <c>text/html</c> are compared by
/// structure, tables in HTML cell by cell, numbers in figures within at least one part in a million; pictures by the similarity of
/// their pixels; every other type as text.
/// </remarks>
public sealed class OutputComparer
{
    /// <summary>The relative tolerance for numbers inside figures when none is given: drawing must not fail on the last digit of a floating-point number.</summary>
    public const double FigureTolerance = 1e-6;

    private readonly ContentComparer contents;
    private readonly TextComparer text;

    /// <summary>Creates a comparer.</summary>
    /// <param name="options">How closely to compare; by default as <see cref="ComparisonOptions"/> says.</param>
    public OutputComparer(ComparisonOptions? options = null)
    {
        options ??= new ComparisonOptions();
        contents = new ContentComparer(options);
        text = contents.Text;
    }

    /// <summary>Compares the outputs of one cell.</summary>
    /// <param name="stored">The outputs in the notebook.</param>
    /// <param name="now">The outputs of this run.</param>
    public OutputComparison Compare(IReadOnlyList<CellOutput> stored, IReadOnlyList<CellOutput> now)
    {
        var found = new ComparisonRecord();
        foreach (var name in stored.Concat(now).OfType<StreamOutput>().Select(output => output.Name).Distinct())
            found.AddIfAny(name, text.Difference(Printed(stored, name), Printed(now, name)));
        CompareShown([.. stored.Where(output => output is not StreamOutput)], [.. now.Where(output => output is not StreamOutput)], found);
        return new OutputComparison(found.Differences, found.Notes);
    }

    // Other tools store rewritten lines with all their carriage returns, and printed text in pieces.
    private static string Printed(IReadOnlyList<CellOutput> outputs, string name) =>
        TerminalText.Resolve(string.Concat(outputs.OfType<StreamOutput>().Where(output => output.Name == name).Select(output => output.Text)));

    private void CompareShown(List<CellOutput> stored, List<CellOutput> now, ComparisonRecord found)
    {
        if (stored.Count == now.Count)
        {
            for (var i = 0; i < stored.Count; i++) Compare($"output {i + 1}", stored[i], now[i], found);
            if (found.Differences.Count > 0 && Order(stored, now) is { } order) found.Differences.Insert(0, new("order", order));
            return;
        }

        // One more or less must not make all that follow look different.
        var first = 0;
        while (first < Math.Min(stored.Count, now.Count) && Agree(stored[first], now[first])) first++;
        var last = 0;
        while (last < Math.Min(stored.Count, now.Count) - first && Agree(stored[^(last + 1)], now[^(last + 1)])) last++;
        for (var i = first; i < Math.Max(stored.Count, now.Count) - last; i++)
            Compare($"output {i + 1}", i < stored.Count - last ? stored[i] : null, i < now.Count - last ? now[i] : null, found);
    }

    /// <summary>Says that the outputs are all there, in another order; null when that is not what happened.</summary>
    private string? Order(List<CellOutput> stored, List<CellOutput> now)
    {
        // Beyond that many, comparing each with each takes long, and a list of numbers tells nobody anything.
        if (stored.Count is < 2 or > 20) return null;
        var places = new List<int>();
        foreach (var output in now)
        {
            var place = Enumerable.Range(0, stored.Count).Where(i => !places.Contains(i) && Agree(stored[i], output)).Cast<int?>().FirstOrDefault();
            if (place is null) return null;
            places.Add(place.Value);
        }
        return $"the same outputs as stored, but in the order {string.Join(", ", places.Select(place => place + 1))}";
    }

    private bool Agree(CellOutput stored, CellOutput now)
    {
        var found = new ComparisonRecord();
        Compare("", stored, now, found);
        return found.Differences.Count == 0;
    }

    private void Compare(string where, CellOutput? stored, CellOutput? now, ComparisonRecord found)
    {
        switch (stored, now)
        {
            case (ErrorOutput a, ErrorOutput b):
                found.AddIfAny($"{where}, error", text.Difference($"{a.Name}: {a.Value}", $"{b.Name}: {b.Value}"));
                break;
            case (DisplayOutput a, DisplayOutput b) when a.GetType() == b.GetType():
                foreach (var mimeType in a.Data.Keys.Union(b.Data.Keys).Order(StringComparer.Ordinal))
                    contents.Compare($"{where}, {mimeType}", mimeType, a, b, found);
                break;
            default:
                found.Differences.Add(new(where, $"- {Describe(stored)}\n+ {Describe(now)}"));
                break;
        }
    }

    private static string Describe(CellOutput? output) => output switch
    {
        null => "nothing",
        ErrorOutput error => $"error {error.Name}: {error.Value}",
        ExecuteResultOutput result => $"result ({string.Join(", ", result.Data.Keys)}): {Short(result)}",
        DisplayOutput display => $"display ({string.Join(", ", display.Data.Keys)}): {Short(display)}",
        _ => output.ToJson().ToJsonString(),
    };

    private static string Short(DisplayOutput output)
    {
        var plain = (output.Text("text/plain") ?? "").ReplaceLineEndings(" ");
        return WordDifference.Visible(plain.Length > 120 ? plain[..120] + "…" : plain);
    }
}
