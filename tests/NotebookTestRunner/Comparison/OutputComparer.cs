using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Comparison;

/// <summary>
/// Compares what a cell showed with what is stored, MIME type by MIME type, after normalizing both sides. Execution counts,
/// output metadata and tracebacks are not compared (an error counts by its type and message), and printed text counts per
/// stream, because the order of <c>stdout</c> against <c>stderr</c> and displays is not certain.
/// </summary>
/// <remarks>
/// <c>application/json</c> and <c>…+json</c> (Plotly, Vega-Lite) and <c>image/svg+xml</c> are compared by structure, their
/// numbers within at least one part in a million; PNG, JPEG and GIF by type and size in pixels, which a note says; every other
/// type as text.
/// </remarks>
public sealed class OutputComparer
{
    /// <summary>The tolerance for numbers inside figures when none is given: drawing must not fail on the last digit of a floating-point number.</summary>
    public const double FigureTolerance = 1e-6;

    private readonly TextComparer text;
    private readonly TextComparer figures;
    private readonly bool imagesByBytes;

    /// <summary>Creates a comparer.</summary>
    /// <param name="normalizers">What to mask on both sides, in order.</param>
    /// <param name="tolerance">The relative difference allowed between numbers, 0 to 1.</param>
    public OutputComparer(IReadOnlyList<Normalizer> normalizers, double tolerance = 0)
        : this(normalizers, tolerance, Math.Max(tolerance, FigureTolerance), imagesByBytes: false)
    {
    }

    private OutputComparer(IReadOnlyList<Normalizer> normalizers, double tolerance, double figureTolerance, bool imagesByBytes)
    {
        text = new TextComparer(normalizers, tolerance);
        figures = new TextComparer(normalizers, figureTolerance);
        this.imagesByBytes = imagesByBytes;
    }

    /// <summary>A comparer without tolerance that looks at every byte of a picture: whether stored outputs need not be written again.</summary>
    internal static OutputComparer Exact(IReadOnlyList<Normalizer> normalizers) => new(normalizers, 0, 0, imagesByBytes: true);

    /// <summary>Compares the outputs of one cell.</summary>
    /// <param name="stored">The outputs in the notebook.</param>
    /// <param name="now">The outputs of this run.</param>
    public OutputComparison Compare(IReadOnlyList<CellOutput> stored, IReadOnlyList<CellOutput> now)
    {
        var differences = new List<OutputDifference>();
        var notes = new List<string>();
        foreach (var name in stored.Concat(now).OfType<StreamOutput>().Select(output => output.Name).Distinct())
            CompareText(name, Printed(stored, name), Printed(now, name), text, differences);

        var storedShown = stored.Where(output => output is not StreamOutput).ToList();
        var nowShown = now.Where(output => output is not StreamOutput).ToList();
        for (var i = 0; i < Math.Max(storedShown.Count, nowShown.Count); i++)
            CompareShown($"output {i + 1}", storedShown.ElementAtOrDefault(i), nowShown.ElementAtOrDefault(i), differences, notes);
        return new OutputComparison(differences, notes);
    }

    // Other tools store rewritten lines with all their carriage returns, and printed text in pieces.
    private static string Printed(IReadOnlyList<CellOutput> outputs, string name) =>
        TerminalText.Resolve(string.Concat(outputs.OfType<StreamOutput>().Where(output => output.Name == name).Select(output => output.Text)));

    private void CompareShown(string where, CellOutput? stored, CellOutput? now, List<OutputDifference> differences, List<string> notes)
    {
        switch (stored, now)
        {
            case (ErrorOutput a, ErrorOutput b):
                CompareText($"{where}, error", $"{a.Name}: {a.Value}", $"{b.Name}: {b.Value}", text, differences);
                break;
            case (DisplayOutput a, DisplayOutput b) when a.GetType() == b.GetType():
                foreach (var mimeType in a.Data.Keys.Union(b.Data.Keys).Order(StringComparer.Ordinal))
                    CompareContent($"{where}, {mimeType}", mimeType, a, b, differences, notes);
                break;
            default:
                differences.Add(new(where, $"- {Describe(stored)}\n+ {Describe(now)}"));
                break;
        }
    }

    private void CompareContent(string where, string mimeType, DisplayOutput stored, DisplayOutput now, List<OutputDifference> differences, List<string> notes)
    {
        if (!stored.Data.TryGetValue(mimeType, out var storedContent)) differences.Add(new(where, "not stored, but shown now"));
        else if (!now.Data.TryGetValue(mimeType, out var nowContent)) differences.Add(new(where, "stored, but no longer shown"));
        else if (stored.Text(mimeType) is not { } a || now.Text(mimeType) is not { } b || DisplayOutput.IsJson(mimeType))
            AddIfAny(where, JsonComparer.Difference(storedContent, nowContent, figures), differences);
        else if (mimeType == "image/svg+xml") AddIfAny(where, SvgComparer.Difference(a, b, figures), differences);
        else if (mimeType.StartsWith("image/", StringComparison.Ordinal)) CompareImages(where, a, b, differences, notes);
        else CompareText(where, a, b, text, differences);
    }

    private void CompareImages(string where, string stored, string now, List<OutputDifference> differences, List<string> notes)
    {
        var storedBytes = Decode(stored);
        var nowBytes = Decode(now);
        if (storedBytes is null || nowBytes is null)
        {
            if (stored != now) differences.Add(new(where, storedBytes is null ? "what is stored is not base64" : "what is shown is not base64"));
            return;
        }
        if (storedBytes.AsSpan().SequenceEqual(nowBytes)) return;

        var storedFacts = ImageFacts.Read(storedBytes);
        var nowFacts = ImageFacts.Read(nowBytes);
        if (imagesByBytes || storedFacts is null || storedFacts != nowFacts)
            differences.Add(new(where, $"- {Describe(storedFacts, storedBytes)}\n+ {Describe(nowFacts, nowBytes)}"));
        else
            notes.Add($"{where}: compared by type and size ({Describe(storedFacts, storedBytes)}); the pixels may differ");
    }

    private static byte[]? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    private static void CompareText(string where, string stored, string now, TextComparer comparer, List<OutputDifference> differences)
    {
        var (a, b) = (comparer.Normalize(stored), comparer.Normalize(now));
        if (!comparer.Agree(a, b)) differences.Add(new(where, LineDifference.Show(a, b)));
    }

    private static void AddIfAny(string where, string? difference, List<OutputDifference> differences)
    {
        if (difference is not null) differences.Add(new(where, difference));
    }

    private static string Describe(ImageFacts? facts, byte[] bytes) =>
        facts is null ? $"a picture of {bytes.Length} bytes in a format of which the size cannot be read" : $"{facts.Type}, {facts.Width} × {facts.Height}";

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
        return plain.Length > 120 ? plain[..120] + "…" : plain;
    }
}
