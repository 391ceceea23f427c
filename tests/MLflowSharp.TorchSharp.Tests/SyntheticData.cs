namespace MLflowSharp.TorchSharp.Tests;

/// <summary>Rows around one centre per class, so that a small network learns them within a few epochs.</summary>
internal static class SyntheticData
{
    public static LabeledData Create(int count = 300, int width = 12, int classes = 3, int seed = 1)
    {
        var random = new Random(seed);
        var centres = Enumerable.Range(0, classes * width).Select(_ => random.NextSingle()).ToArray();
        var inputs = new float[count * width];
        var labels = new long[count];
        for (var row = 0; row < count; row++)
        {
            labels[row] = random.Next(classes);
            for (var column = 0; column < width; column++)
                inputs[(row * width) + column] = centres[((int)labels[row] * width) + column] + (0.2f * (random.NextSingle() - 0.5f));
        }

        return new LabeledData(inputs, labels);
    }
}
