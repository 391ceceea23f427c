using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>A pair of tensors that is filled again and again with rows of the data, so that no batch costs an allocation.</summary>
internal sealed class Batch : IDisposable
{
    private readonly LabeledData _data;

    public Batch(LabeledData data, int rows)
    {
        _data = data;
        Inputs = torch.empty([rows, data.Width], ScalarType.Float32).DetachFromDisposeScope();
        Labels = torch.empty([rows], ScalarType.Int64).DetachFromDisposeScope();
    }

    public Tensor Inputs { get; }

    public Tensor Labels { get; }

    public int Count => (int)Labels.shape[0];

    /// <summary>The batch's own labels.</summary>
    public ReadOnlySpan<long> LabelValues => MemoryMarshal.Cast<byte, long>(Labels.bytes);

    /// <summary>Copies the given rows into the tensors.</summary>
    public void Fill(ReadOnlySpan<int> rows)
    {
        var width = _data.Width;
        var inputs = MemoryMarshal.Cast<byte, float>(Inputs.bytes);
        var labels = MemoryMarshal.Cast<byte, long>(Labels.bytes);
        var allInputs = _data.Inputs.Span;
        var allLabels = _data.Labels.Span;
        for (var index = 0; index < rows.Length; index++)
        {
            allInputs.Slice(rows[index] * width, width).CopyTo(inputs[(index * width)..]);
            labels[index] = allLabels[rows[index]];
        }
    }

    public void Dispose()
    {
        Inputs.Dispose();
        Labels.Dispose();
    }
}
