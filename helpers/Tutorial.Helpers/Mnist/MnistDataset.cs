using System.Globalization;

namespace Tutorial.Helpers;

/// <summary>The whole MNIST database, as <see cref="Mnist.Load"/> returns it.</summary>
/// <param name="Train">60,000 images to train (and validate) with.</param>
/// <param name="Test">10,000 images that must only be used to judge a finished model.</param>
/// <param name="Directory">The folder the files were read from.</param>
public sealed record MnistDataset(MnistSplit Train, MnistSplit Test, string Directory)
{
    /// <summary>Says how many images there are.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"MNIST: {Train.Count:N0} training images and {Test.Count:N0} test images of {MnistImage.Side} × {MnistImage.Side} pixels");
}
