using System.Globalization;

namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Gathers 64-bit floats.</summary>
internal sealed class DoubleBuilder : TensorBuilder<double>
{
    /// <summary>Reads a number that is written as text; an empty one is missing.</summary>
    public static double Parse(string text) =>
        string.IsNullOrWhiteSpace(text) ? double.NaN
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
            : throw NotConvertible(text, "float");

    /// <inheritdoc/>
    protected override void AddNumber(ref JsonCursor json) => Add(json.TakeNumber(out _));

    /// <inheritdoc/>
    protected override void AddTruth(bool truth) => Add(truth ? 1 : 0);

    /// <inheritdoc/>
    protected override void AddText(string text) => Add(Parse(text));

    /// <inheritdoc/>
    protected override void AddNull() => Add(double.NaN);
}
