using System.Numerics;
using System.Runtime.InteropServices;

namespace MLflowSharp.TorchSharp;

/// <summary>Adam's two running means of one parameter tensor.</summary>
internal sealed class AdamUpdate(Adam settings, int length) : ParameterUpdate
{
    private readonly float[] _mean = new float[length];
    private readonly float[] _square = new float[length];
    private int _steps;

    public override void Step(Span<float> parameters, Span<float> gradients)
    {
        _steps++;
        var rate = (float)(settings.LearningRate / (1 - Math.Pow(settings.Beta1, _steps)));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(settings.Beta2, _steps)));
        float beta1 = (float)settings.Beta1, beta2 = (float)settings.Beta2, epsilon = (float)settings.Epsilon;

        var p = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients)[..p.Length];
        var m = MemoryMarshal.Cast<float, Vector<float>>(_mean.AsSpan())[..p.Length];
        var v = MemoryMarshal.Cast<float, Vector<float>>(_square.AsSpan())[..p.Length];
        for (var i = 0; i < p.Length; i++)
        {
            var gradient = g[i];
            var mean = m[i] = (beta1 * m[i]) + ((1 - beta1) * gradient);
            var square = v[i] = (beta2 * v[i]) + ((1 - beta2) * gradient * gradient);
            p[i] -= rate * mean / ((Vector.SquareRoot(square) * correction) + new Vector<float>(epsilon));
            g[i] = Vector<float>.Zero;
        }

        for (var i = p.Length * Vector<float>.Count; i < parameters.Length; i++)
        {
            var gradient = gradients[i];
            var mean = _mean[i] = (beta1 * _mean[i]) + ((1 - beta1) * gradient);
            var square = _square[i] = (beta2 * _square[i]) + ((1 - beta2) * gradient * gradient);
            parameters[i] -= rate * mean / ((MathF.Sqrt(square) * correction) + epsilon);
            gradients[i] = 0;
        }
    }
}
