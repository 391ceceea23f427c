using NotebookTestRunner.Widgets;

namespace NotebookTestRunner.Comparison;

/// <summary>How closely outputs are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>
    /// The similarity that pictures must have by default, where they differ most. JPEG of quality 95, a shade of a colour and a curve
    /// that moved by a quarter of a pixel leave more; one digit in a label of 11 points, a bar one pixel higher and a curve that
    /// moved by half a pixel leave less.
    /// </summary>
    public const double DefaultSimilarity = 0.95;

    /// <summary>What is masked on both sides before outputs are compared, in order; <see cref="Normalizer.Defaults"/> by default.</summary>
    public IReadOnlyList<Normalizer> Normalizers { get; init; } = Normalizer.Defaults;

    /// <summary>How far numbers may be apart; not at all by default.</summary>
    public NumberTolerance Tolerance { get; init; }

    /// <summary>How alike pictures must be, 0 to 1 (every pixel equal); <see cref="DefaultSimilarity"/> by default.</summary>
    public double Similarity { get; init; } = DefaultSimilarity;

    /// <summary>Whether only equal content counts, whatever a test would let pass: for outputs to be stored.</summary>
    internal bool Exactly { get; init; }

    /// <summary>The models of widgets that the notebook stores; null for none.</summary>
    internal WidgetModels? StoredWidgets { get; init; }

    /// <summary>The models of widgets in this run; null for none.</summary>
    internal WidgetModels? Widgets { get; init; }

    /// <summary>Takes all numbers in place of the tolerance; null for none.</summary>
    internal NumberProbe? Probe { get; init; }
}
