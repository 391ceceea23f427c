using Microsoft.ML.Data;

namespace MLflowSharp.ML.Tests;

/// <summary>A made-up flower: what it is follows from its measures.</summary>
public sealed class Sample
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public string Kind { get; set; } = "";

    public bool IsTall { get; set; }

    public float Weight { get; set; }

    public static Sample[] Create(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Of([random.NextSingle(), random.NextSingle(), random.NextSingle()]))];
    }

    private static Sample Of(float[] x) => new()
    {
        Features = x,
        Kind = x[0] + x[1] > 1.2f ? "rose" : x[2] > 0.5f ? "tulip" : "daisy",
        IsTall = x[0] > x[1],
        Weight = (2 * x[0]) + x[1] + 1,
    };
}
