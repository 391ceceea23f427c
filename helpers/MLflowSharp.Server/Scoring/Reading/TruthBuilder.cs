namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Gathers truth values: <c>true</c> and <c>false</c>, 1 and 0.</summary>
internal sealed class TruthBuilder : TensorBuilder<bool>
{
    /// <inheritdoc/>
    protected override void AddNumber(ref JsonCursor json) => Add(json.TakeNumber(out _) switch
    {
        0 => false,
        1 => true,
        _ => throw new MlflowException("Invalid input. A truth value was expected (true, false, 1 or 0), and another number found.", ErrorCode.BadRequest),
    });

    /// <inheritdoc/>
    protected override void AddTruth(bool truth) => Add(truth);

    /// <inheritdoc/>
    protected override void AddText(string text) => Add(bool.TryParse(text, out var truth) ? truth : throw NotConvertible(text, "bool"));

    /// <inheritdoc/>
    protected override void AddNull() => throw NoMissing("bool");
}
