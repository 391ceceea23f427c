using System.Numerics;
using System.Runtime.InteropServices;

namespace MLflowSharp.TorchSharp;

/// <summary>Adagrad's sum of squared gradients of one parameter tensor.</summary>
internal sealed class AdagradUpdate : ParameterUpdate
{
    private readonly float[] _accumulator;
    private readonly float _rate;
    private readonly float _epsilon;

    public AdagradUpdate(Adagrad settings, int length)
    {
        _accumulator = new float[length];
        Array.Fill(_accumulator, (float)settings.InitialAccumulatorValue);
        _rate = (float)settings.LearningRate;
        _epsilon = (float)settings.Epsilon;
    }

    public override void Step(Span<float> parameters, Span<float> gradients)
    {
        var p = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients)[..p.Length];
        var a = MemoryMarshal.Cast<float, Vector<float>>(_accumulator.AsSpan())[..p.Length];
        for (var i = 0; i < p.Length; i++)
        {
            var gradient = g[i];
            var sum = a[i] += gradient * gradient;
            p[i] -= _rate * gradient / (Vector.SquareRoot(sum) + new Vector<float>(_epsilon));
            g[i] = Vector<float>.Zero;
        }

        for (var i = p.Length * Vector<float>.Count; i < parameters.Length; i++)
        {
            var gradient = gradients[i];
            var sum = _accumulator[i] += gradient * gradient;
            parameters[i] -= _rate * gradient / (MathF.Sqrt(sum) + _epsilon);
            gradients[i] = 0;
        }
    }
}
