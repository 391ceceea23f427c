namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Gathers 32-bit floats.</summary>
internal sealed class SingleBuilder : TensorBuilder<float>
{
    /// <inheritdoc/>
    protected override void AddNumber(ref JsonCursor json) => Add(json.TakeSingle());

    /// <inheritdoc/>
    protected override void AddTruth(bool truth) => Add(truth ? 1 : 0);

    /// <inheritdoc/>
    protected override void AddText(string text) => Add((float)DoubleBuilder.Parse(text));

    /// <inheritdoc/>
    protected override void AddNull() => Add(float.NaN);
}
