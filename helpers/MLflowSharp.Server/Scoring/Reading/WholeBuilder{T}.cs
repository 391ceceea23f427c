using System.Globalization;
using System.Numerics;

namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>
/// Gathers whole numbers. Fractions and numbers that the type does not hold are refused, where NumPy would cut them without a word.
/// </summary>
/// <typeparam name="T">A type of whole numbers.</typeparam>
internal sealed class WholeBuilder<T> : TensorBuilder<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private static string Name => typeof(T).Name.ToLowerInvariant();

    /// <inheritdoc/>
    protected override void AddNumber(ref JsonCursor json)
    {
        var value = json.TakeNumber(out var whole);
        if (whole is { } number)
            AddChecked(number, number.ToString(CultureInfo.InvariantCulture));
        else
            AddChecked(value, value.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    protected override void AddTruth(bool truth) => Add(truth ? T.One : T.Zero);

    /// <inheritdoc/>
    protected override void AddText(string text) => Add(T.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : throw NotConvertible(text, Name));

    /// <inheritdoc/>
    protected override void AddNull() => throw NoMissing(Name);

    private void AddChecked<TNumber>(TNumber value, string text)
        where TNumber : INumber<TNumber>
    {
        // What comes back as it was has lost nothing on the way.
        var whole = T.CreateSaturating(value);
        if (TNumber.CreateSaturating(whole) != value)
            throw new MlflowException($"Invalid input. {text} is no value of {Name}, which the model takes.", ErrorCode.BadRequest);
        Add(whole);
    }
}
