namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Gathers values of one type.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal abstract class TensorBuilder<T> : TensorBuilder
{
    private T[] _values = [];
    private int _count;

    /// <inheritdoc/>
    public override ModelTensor Build()
    {
        Array.Resize(ref _values, _count);
        return ModelTensor.Of(_values, Shape);
    }

    /// <summary>Adds a value.</summary>
    protected void Add(T value)
    {
        if (_count == _values.Length)
            Array.Resize(ref _values, Math.Max(16, _count * 2));
        _values[_count++] = value;
    }

    /// <inheritdoc/>
    protected override int ReadRow(ref JsonCursor json)
    {
        var before = _count;
        do
            ReadValue(ref json);
        while (json.HasNext(']'));
        return _count - before;
    }

    /// <inheritdoc/>
    protected override void ReadValue(ref JsonCursor json)
    {
        switch (json.Peek())
        {
            case (byte)'"':
                AddText(json.TakeText());
                break;
            case (byte)'t' when json.TryTakeWord("true"u8):
                AddTruth(true);
                break;
            case (byte)'f' when json.TryTakeWord("false"u8):
                AddTruth(false);
                break;
            case (byte)'n' when json.TryTakeWord("null"u8):
                AddNull();
                break;
            case (byte)'[':
                throw Ragged("lists and values are mixed");
            case (byte)'{':
                throw new MlflowException("Invalid input. A value was expected, and an object found.", ErrorCode.BadRequest);
            default:
                AddNumber(ref json);
                break;
        }
    }

    /// <summary>Takes a number.</summary>
    protected abstract void AddNumber(ref JsonCursor json);

    /// <summary>Takes a truth value.</summary>
    protected abstract void AddTruth(bool truth);

    /// <summary>Refuses a value, which is shown as far as it is short.</summary>
    protected static MlflowException NotConvertible(string text, string type) =>
        new($"Invalid input. could not convert string to {type}: '{(text.Length > 40 ? text[..40] + "…" : text)}'.", ErrorCode.BadRequest);

    /// <summary>Refuses a missing value.</summary>
    protected static MlflowException NoMissing(string type) =>
        new($"Invalid input. A value is missing (null), and {type} cannot say that.", ErrorCode.BadRequest);
}
