namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Gathers values of one type.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal abstract class TensorBuilder<T> : TensorBuilder
{
    private const int Smallest = 16;
    private T[] _values = [];
    private int _count;

    /// <inheritdoc/>
    public override ModelTensor Build()
    {
        var values = _values.AsMemory(0, _count);
        return IsBare ? ModelTensor.Of(values).Reshape() : ModelTensor.Of(values, Shape);
    }

    /// <summary>How many values there are.</summary>
    protected int Gathered => _count;

    /// <summary>Adds a value.</summary>
    protected void Add(T value)
    {
        if (_count == _values.Length)
            Grow(Math.Max(Smallest, _count * 2));
        _values[_count++] = value;
    }

    /// <summary>Adds values that are zero, or what stands for it.</summary>
    protected void AddDefaults(int count)
    {
        if (count > _values.Length - _count)
            Grow(Math.Max(_count * 2, _count + count));
        _values.AsSpan(_count, count).Clear();
        _count += count;
    }

    /// <summary>
    /// After a row, makes room for those that will follow if they are like it, so that a thousand pictures are not copied each time that there is no
    /// more room for them.
    /// </summary>
    /// <param name="count">The row's values.</param>
    /// <param name="bytes">What it was read from.</param>
    /// <param name="bytesLeft">What is left to read.</param>
    protected void Reserve(int count, int bytes, int bytesLeft)
    {
        // Once there is room for the next row, there is nothing to do; a tenth more than expected saves most second times.
        if (_values.Length - _count < count && bytesLeft > bytes)
            Grow(_count + count + (int)Math.Min((long)count * bytesLeft / bytes * 11 / 10, bytesLeft / 2));
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

    private void Grow(int length)
    {
        var larger = GC.AllocateUninitializedArray<T>(length);
        _values.AsSpan(0, _count).CopyTo(larger);
        _values = larger;
    }
}
