namespace MLflowSharp.TorchSharp;

/// <summary>The batches of one pass over the data: full ones and, where the rows do not divide evenly, a smaller last one.</summary>
internal sealed class BatchBuffers : IDisposable
{
    private readonly Batch _full;
    private readonly Batch? _last;

    public BatchBuffers(LabeledData data, int batchSize)
    {
        var size = Math.Min(batchSize, data.Count);
        _full = new Batch(data, size);
        if (data.Count % size != 0)
            _last = new Batch(data, data.Count % size);

        Count = (data.Count + size - 1) / size;
    }

    /// <summary>The number of batches of a pass.</summary>
    public int Count { get; }

    /// <summary>Fills and gives the batch with this number, its rows taken from the given order.</summary>
    public Batch Fill(int number, ReadOnlySpan<int> order)
    {
        var batch = number == Count - 1 && _last is not null ? _last : _full;
        batch.Fill(order.Slice(number * _full.Count, batch.Count));
        return batch;
    }

    public void Dispose()
    {
        _full.Dispose();
        _last?.Dispose();
    }
}
