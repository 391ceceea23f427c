using System.Globalization;
using System.Text.Json.Nodes;
using NotebookTestRunner.Comparison.Html;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Comparison;

/// <summary>Compares what two outputs hold under one MIME type, each type in its own way.</summary>
internal sealed class ContentComparer
{
    private const string WidgetView = "application/vnd.jupyter.widget-view+json";

    private readonly TextComparer figures;
    private readonly PictureComparer pictures;
    private readonly WidgetComparer widgets;

    public ContentComparer(ComparisonOptions options)
    {
        Text = new TextComparer(options.Normalizers, options.Tolerance, options.Probe);
        var relative = options.Exactly ? 0 : Math.Max(options.Tolerance.Relative, OutputComparer.FigureTolerance);
        figures = new TextComparer(options.Normalizers, options.Tolerance with { Relative = relative }, options.Probe) { WholeNumbersExactly = options.Tolerance.IsExact };
        widgets = new WidgetComparer(options.StoredWidgets, options.Widgets, figures);
        pictures = new PictureComparer(options.Exactly ? 1 : options.Similarity);
    }

    /// <summary>What compares plain text.</summary>
    public TextComparer Text { get; }

    /// <summary>Compares one MIME type's content of two outputs.</summary>
    public void Compare(string where, string mimeType, DisplayOutput stored, DisplayOutput now, ComparisonRecord found)
    {
        if (!stored.Data.TryGetValue(mimeType, out var storedContent)) found.Differences.Add(new(where, "not stored, but shown now"));
        else if (!now.Data.TryGetValue(mimeType, out var nowContent)) found.Differences.Add(new(where, "stored, but no longer shown"));
        else if (stored.Text(mimeType) is { } a && now.Text(mimeType) is { } b && !DisplayOutput.IsJson(mimeType)) CompareText(where, mimeType, a, b, found);
        else CompareJson(where, mimeType, storedContent, nowContent, found);
    }

    private void CompareText(string where, string mimeType, string stored, string now, ComparisonRecord found)
    {
        if (mimeType == "image/svg+xml") found.AddIfAny(where, SvgComparer.Difference(stored, now, figures));
        else if (mimeType.StartsWith("image/", StringComparison.Ordinal)) pictures.Compare(where, stored, now, found);
        else if (IsBinary(mimeType)) found.AddIfAny(where, BytesDifference(stored, now));
        else if (mimeType == "text/html") HtmlComparer.Compare(where, stored, now, Text, figures, found);
        else found.AddIfAny(where, Text.Difference(stored, now));
    }

    private static bool IsBinary(string mimeType) =>
        mimeType.Split('/')[0] is "audio" or "video" or "font" || mimeType is "application/pdf" or "application/zip" or "application/octet-stream";

    // Base64 may be cut into lines anywhere.
    private static string? BytesDifference(string stored, string now)
    {
        var (a, b) = (WithoutBlanks(stored), WithoutBlanks(now));
        return a == b ? null : string.Create(CultureInfo.InvariantCulture, $"stored {a.Length / 4 * 3} bytes, now {b.Length / 4 * 3}; the first difference is at byte {a.AsSpan().CommonPrefixLength(b) / 4 * 3}");
    }

    private static string WithoutBlanks(string base64) => string.Concat(base64.Where(c => !char.IsWhiteSpace(c)));

    private void CompareJson(string where, string mimeType, JsonNode? stored, JsonNode? now, ComparisonRecord found)
    {
        if (mimeType == WidgetView) widgets.Compare(where, stored, now, found);
        else found.AddIfAny(where, JsonComparer.Difference(stored, now, figures));
    }
}
