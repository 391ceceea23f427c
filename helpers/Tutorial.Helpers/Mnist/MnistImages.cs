using MLflowSharp.TorchSharp;

namespace Tutorial.Helpers;

/// <summary>Gives lists of images to models and trainers.</summary>
public static class MnistImages
{
    /// <summary>The images as a model takes them: a row of 784 values from 0 to 1 for each.</summary>
    /// <param name="images">The images.</param>
    public static float[][] ToRows(this IReadOnlyList<MnistImage> images) => [.. images.Select(image => image.ToInput())];

    /// <summary>The digit that each image shows.</summary>
    /// <param name="images">The images.</param>
    public static int[] ToLabels(this IReadOnlyList<MnistImage> images) => [.. images.Select(image => image.Label)];

    /// <summary>Images and labels as a trainer takes them.</summary>
    /// <param name="images">The images; at least one.</param>
    /// <param name="name">What MLflow is to call the data.</param>
    /// <exception cref="ArgumentException">There is no image, or of one it is not known which digit it shows.</exception>
    public static LabeledData ToLabeledData(this IReadOnlyList<MnistImage> images, string name = "digits")
    {
        ArgumentNullException.ThrowIfNull(images);
        var pixels = new byte[images.Count * MnistImage.PixelCount];
        for (var index = 0; index < images.Count; index++)
            images[index].Pixels.CopyTo(pixels.AsMemory(index * MnistImage.PixelCount));
        return new(MnistSplit.ToUnit(pixels), (long[])[.. images.Select(image => (long)image.Label)]) { Name = name };
    }
}
