using System.Globalization;

namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Gathers texts.</summary>
internal sealed class TextBuilder : TensorBuilder<string>
{
    /// <inheritdoc/>
    protected override void AddNumber(ref JsonCursor json) =>
        throw json.Unexpected("a text");

    /// <inheritdoc/>
    protected override void AddTruth(bool truth) => Add(truth.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    protected override void AddText(string text) => Add(text);

    /// <inheritdoc/>
    protected override void AddNull() => Add("");
}
