using MLflowSharp;

namespace Tutorial.Helpers;

/// <summary>Makes the course's figures.</summary>
public static class Figures
{
    /// <summary>A line chart, for example a loss per epoch with one line per run.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="xLabel">What runs along the x axis, for example <c>epoch</c>.</param>
    /// <param name="yLabel">What the y axis measures, for example <c>loss</c>.</param>
    /// <param name="series">One or more lines. Values that are not finite numbers are left out of the picture, and the description says so.</param>
    /// <exception cref="ArgumentException">There is no series, one has no finite value, or its values and positions differ in number.</exception>
    public static Figure Lines(string title, string xLabel, string yLabel, params IReadOnlyList<Series> series) =>
        new LineFigure(title, xLabel, yLabel, series);

    /// <summary>A bar chart; with several series their bars stand side by side.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="xLabel">What the categories are, for example <c>digit</c>.</param>
    /// <param name="yLabel">What the bars measure, for example <c>images</c>.</param>
    /// <param name="categories">The names under the bars.</param>
    /// <param name="series">One or more series with one finite value per category.</param>
    /// <exception cref="ArgumentException">There is no category or series, or a series has not one finite value per category.</exception>
    public static Figure Bars(string title, string xLabel, string yLabel, IReadOnlyList<string> categories, params IReadOnlyList<Series> series) =>
        new BarFigure(title, xLabel, yLabel, categories, series);

    /// <summary>Parallel coordinates, to compare many runs: an upright axis for each column, a line across them for each run.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="runs">The runs; the last column is the result, by which lines are shaded: the darker, the higher.</param>
    /// <exception cref="ArgumentException">There is no run, or there are fewer than two columns.</exception>
    public static Figure Parallel(string title, RunTable runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return new ParallelFigure(title, runs);
    }

    /// <summary>Handwritten digits in a grid, each with a label under it.</summary>
    /// <param name="images">The digits.</param>
    /// <param name="labels">The texts under them; when left out, each image's own label.</param>
    /// <param name="columns">Digits per row.</param>
    /// <param name="title">The heading; when left out, it gives the number of digits.</param>
    /// <exception cref="ArgumentException">There is no image, or there is not one label per image.</exception>
    public static Figure Digits(IReadOnlyList<MnistImage> images, IReadOnlyList<string>? labels = null, int columns = 10, string? title = null) =>
        new DigitsFigure(images, labels, columns, title);

    /// <summary>A fully connected network, drawn from left to right: ReLU in its hidden layers, softmax at its end.</summary>
    /// <param name="layers">Neurons per layer from input to output, for example <c>784, 128, 64, 10</c>.</param>
    /// <exception cref="ArgumentException">There are fewer than two layers, or one has no neuron.</exception>
    public static Figure Network(params IReadOnlyList<int> layers) => new NetworkFigure(layers);
}
