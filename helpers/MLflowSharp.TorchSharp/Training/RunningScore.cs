using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>The mean loss and the accuracy over the batches added so far.</summary>
internal sealed class RunningScore
{
    private double _loss;
    private long _right;
    private long _rows;

    public double Loss => _loss / _rows;

    public double Accuracy => (double)_right / _rows;

    /// <summary>The mean loss of the batch added last.</summary>
    public double LastLoss { get; private set; }

    /// <summary>The accuracy over the batch added last.</summary>
    public double LastAccuracy { get; private set; }

    /// <summary>Adds a batch by its logits, of shape (rows, classes), and its mean loss.</summary>
    public void Add(Tensor logits, Batch batch, double loss)
    {
        var labels = batch.LabelValues;
        var values = MemoryMarshal.Cast<byte, float>(logits.bytes);
        var classes = values.Length / labels.Length;
        var right = 0;
        for (var row = 0; row < labels.Length; row++)
        {
            if (System.Numerics.Tensors.TensorPrimitives.IndexOfMax(values.Slice(row * classes, classes)) == labels[row])
                right++;
        }

        (LastLoss, LastAccuracy) = (loss, (double)right / labels.Length);
        _right += right;
        _loss += loss * labels.Length;
        _rows += labels.Length;
    }
}
