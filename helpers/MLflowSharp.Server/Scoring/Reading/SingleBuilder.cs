using System.Runtime.CompilerServices;

namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Gathers 32-bit floats.</summary>
internal sealed class SingleBuilder : TensorBuilder<float>
{
    /// <inheritdoc/>
    /// <remarks>Most of the time that reading takes is spent here.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override int ReadRow(ref JsonCursor json)
    {
        var (before, start) = (Gathered, json.Left);
        do
        {
            AddDefaults(json.TakeZeros());
            if (json.TryTakeSingle(out var value))
                Add(value);
            else
                ReadValue(ref json);
        }
        while (json.HasNext(']'));
        var count = Gathered - before;
        Reserve(count, start - json.Left, json.Left);
        return count;
    }

    /// <inheritdoc/>
    protected override void AddNumber(ref JsonCursor json) => Add(json.TakeSingle());

    /// <inheritdoc/>
    protected override void AddTruth(bool truth) => Add(truth ? 1 : 0);

    /// <inheritdoc/>
    protected override void AddText(string text) => Add((float)DoubleBuilder.Parse(text));

    /// <inheritdoc/>
    protected override void AddNull() => Add(float.NaN);
}
