using System.Globalization;
using MLflowSharp.TorchSharp;

namespace Tutorial.Helpers;

/// <summary>The training or the test part of MNIST: images and, in the same order, their labels.</summary>
public sealed class MnistSplit
{
    private readonly Lazy<float[]> _images;
    private readonly string _source;

    internal MnistSplit(string source, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels)
    {
        _source = source;
        Pixels = pixels;
        Labels = Array.ConvertAll(labels.ToArray(), label => (long)label);
        _images = new Lazy<float[]>(() => ToUnit(pixels.Span));
    }

    /// <summary>Number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>
    /// All images as grey values from 0 (background) to 1 (ink): <see cref="Count"/> × 784 values, image after image, each row by row.
    /// Computed once, at the first use.
    /// </summary>
    public float[] Images => _images.Value;

    /// <summary>The same as the file holds it: grey values from 0 to 255.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>The digit that each image shows: <see cref="Count"/> values from 0 to 9.</summary>
    public long[] Labels { get; }

    /// <summary>One image with its label.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public MnistImage Image(int index)
    {
        if (index < 0 || index >= Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, string.Create(
                CultureInfo.InvariantCulture, $"There are {Count} images, numbered from 0 to {Count - 1}."));
        }

        return new MnistImage(Pixels.Slice(index * MnistImage.PixelCount, MnistImage.PixelCount), (int)Labels[index]);
    }

    /// <summary>The first images with their labels.</summary>
    /// <param name="count">How many; at most <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer images.</exception>
    public IReadOnlyList<MnistImage> Take(int count) => [.. Enumerable.Range(0, count).Select(Image)];

    /// <summary>The last images with their labels; of the training images, those that a trainer sets aside for validation.</summary>
    /// <param name="count">How many; at most <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer images.</exception>
    public IReadOnlyList<MnistImage> TakeLast(int count) => [.. Enumerable.Range(Count - count, count).Select(Image)];

    /// <summary>The images and labels as a trainer takes them, named so that MLflow can tell later what a model was trained with.</summary>
    public LabeledData ToLabeledData() => new(Images, Labels) { Name = "mnist", Source = _source };

    /// <summary>Grey values from 0 to 255 as values from 0 to 1.</summary>
    internal static float[] ToUnit(ReadOnlySpan<byte> pixels)
    {
        var values = GC.AllocateUninitializedArray<float>(pixels.Length);
        for (var index = 0; index < values.Length; index++)
            values[index] = pixels[index] / 255f;
        return values;
    }

    /// <summary>Says how many images there are.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Count:N0} images of {MnistImage.Side} × {MnistImage.Side} pixels with labels");
}
