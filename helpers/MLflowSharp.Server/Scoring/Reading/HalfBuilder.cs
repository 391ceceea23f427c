namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Gathers 16-bit floats.</summary>
internal sealed class HalfBuilder : TensorBuilder<Half>
{
    /// <inheritdoc/>
    protected override void AddNumber(ref JsonCursor json) => Add((Half)json.TakeNumber(out _));

    /// <inheritdoc/>
    protected override void AddTruth(bool truth) => Add(truth ? Half.One : Half.Zero);

    /// <inheritdoc/>
    protected override void AddText(string text) => Add((Half)DoubleBuilder.Parse(text));

    /// <inheritdoc/>
    protected override void AddNull() => Add(Half.NaN);
}
