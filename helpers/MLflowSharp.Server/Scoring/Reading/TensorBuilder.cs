namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Gathers the values of one tensor, or of one column, from JSON or CSV.</summary>
internal abstract class TensorBuilder
{
    private const int MostDimensions = 16;

    private readonly List<int> _shape = [0];
    private int _rank = -1;

    /// <summary>How many items there are along the first dimension.</summary>
    public int Count => _shape[0];

    /// <summary>Whether there is one value, without a list around it.</summary>
    protected bool IsBare => _rank == 0;

    /// <summary>The shape; the first dimension counts the items.</summary>
    protected long[] Shape => [.. _shape.Select(size => (long)Math.Max(size, 0))];

    /// <summary>A builder for elements of a type.</summary>
    /// <param name="dataType">The type under NumPy's name.</param>
    public static TensorBuilder Create(string dataType) => dataType switch
    {
        "float32" => new SingleBuilder(),
        "float64" => new DoubleBuilder(),
        "float16" => new HalfBuilder(),
        "int64" => new WholeBuilder<long>(),
        "int32" => new WholeBuilder<int>(),
        "int16" => new WholeBuilder<short>(),
        "int8" => new WholeBuilder<sbyte>(),
        "uint64" => new WholeBuilder<ulong>(),
        "uint32" => new WholeBuilder<uint>(),
        "uint16" => new WholeBuilder<ushort>(),
        "uint8" => new WholeBuilder<byte>(),
        "bool" => new TruthBuilder(),
        "str" => new TextBuilder(),
        _ => throw new MlflowException($"The model takes {dataType}, which cannot be sent as JSON or CSV to this server.", ErrorCode.NotImplemented),
    };

    /// <summary>Reads lists within lists, which are the whole tensor.</summary>
    public void ReadWhole(ref JsonCursor json) => ReadNested(ref json, 0);

    /// <summary>Reads one item along the first dimension: a value or lists of values.</summary>
    public void ReadItem(ref JsonCursor json)
    {
        ReadNested(ref json, 1);
        _shape[0]++;
    }

    /// <summary>Adds an item that is one value, written as text.</summary>
    /// <param name="field">The text; empty for a missing value.</param>
    public void AddField(string field)
    {
        Settle(1);
        AddText(field);
        _shape[0]++;
    }

    /// <summary>Adds an item whose value is not there.</summary>
    public void AddMissing()
    {
        Settle(1);
        AddNull();
        _shape[0]++;
    }

    /// <summary>Gives the tensor.</summary>
    public abstract ModelTensor Build();

    /// <summary>Takes one value.</summary>
    protected abstract void ReadValue(ref JsonCursor json);

    /// <summary>Takes values up to the end of their list.</summary>
    /// <returns>How many there were.</returns>
    protected abstract int ReadRow(ref JsonCursor json);

    /// <summary>Takes a value that is written as text.</summary>
    protected abstract void AddText(string text);

    /// <summary>Takes a value that is not there.</summary>
    protected abstract void AddNull();

    private void ReadNested(ref JsonCursor json, int depth)
    {
        if (json.Peek() != '[')
        {
            Settle(depth);
            ReadValue(ref json);
            return;
        }

        json.Take('[');
        if (depth >= MostDimensions)
            throw Ragged($"lists are nested more than {MostDimensions} deep");
        if (_shape.Count == depth)
            _shape.Add(-1);
        var count = 0;
        switch (json.Peek())
        {
            case (byte)']':
                json.Take(']');
                break;
            case (byte)'[':
                do
                {
                    ReadNested(ref json, depth + 1);
                    count++;
                }
                while (json.HasNext(']'));
                break;
            default:
                Settle(depth + 1);
                count = ReadRow(ref json);
                break;
        }

        if (depth == 0)
            _shape[0] = count;
        else if (_shape[depth] < 0)
            _shape[depth] = count;
        else if (_shape[depth] != count)
            throw Ragged($"a list has {count} items where others have {_shape[depth]}");
    }

    /// <summary>Values stand at one depth of nesting.</summary>
    private void Settle(int depth)
    {
        if (_rank < 0)
            _rank = depth;
        else if (_rank != depth)
            throw Ragged("some values are nested deeper than others");
        if (_shape.Count > depth && depth > 0)
            throw Ragged("lists and values are mixed");
    }

    protected static MlflowException Ragged(string trouble) =>
        new($"Invalid input. All rows must have the same shape: {trouble}.", ErrorCode.BadRequest);
}
