namespace MLflowSharp.TorchSharp;

/// <summary>Rows of numbers, each with the class it belongs to.</summary>
public sealed record LabeledData
{
    /// <summary>Binds rows and labels together.</summary>
    /// <param name="inputs">All rows one after the other, such as images of 784 pixels each, scaled to 0..1.</param>
    /// <param name="labels">The class of each row, counted from 0.</param>
    /// <exception cref="ArgumentException">There are no rows, the inputs do not divide into them, or a label is negative.</exception>
    public LabeledData(ReadOnlyMemory<float> inputs, ReadOnlyMemory<long> labels)
    {
        if (labels.IsEmpty)
            throw new ArgumentException("There are no labels: at least one row is needed.", nameof(labels));

        if (inputs.IsEmpty || inputs.Length % labels.Length != 0)
        {
            throw new ArgumentException(
                $"{inputs.Length} input values do not divide into {labels.Length} rows: each label needs a row of the same width.", nameof(inputs));
        }

        if (labels.Span.IndexOfAnyInRange(long.MinValue, -1) is var negative and >= 0)
            throw new ArgumentException($"Label {negative} is {labels.Span[negative]}; classes are counted from 0.", nameof(labels));

        Inputs = inputs;
        Labels = labels;
    }

    /// <inheritdoc cref="LabeledData(ReadOnlyMemory{float}, ReadOnlyMemory{long})"/>
    public LabeledData(ReadOnlyMemory<float> inputs, ReadOnlyMemory<byte> labels)
        : this(inputs, Widen(labels.Span))
    {
    }

    /// <summary>All rows one after the other.</summary>
    public ReadOnlyMemory<float> Inputs { get; }

    /// <summary>The class of each row.</summary>
    public ReadOnlyMemory<long> Labels { get; }

    /// <summary>What the data is called in MLflow. Default <c>dataset</c>, as MLflow calls data that it knows only from memory.</summary>
    public string Name { get; init; } = "dataset";

    /// <summary>Where the data comes from: a path or an address, shown in MLflow. Null when it was made by the program itself.</summary>
    public string? Source { get; init; }

    /// <summary>The number of rows.</summary>
    public int Count => Labels.Length;

    /// <summary>The number of values in a row.</summary>
    public int Width => Inputs.Length / Labels.Length;

    /// <summary>The first rows, without copying them: for a quick try.</summary>
    /// <param name="count">How many, from 1 to <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer rows.</exception>
    public LabeledData Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        return Slice(0, count);
    }

    /// <summary>
    /// What MLflow records of the data, for <c>Mlflow.LogInput</c>
    /// (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.data.html#mlflow.data.from_numpy): name, source, digest, type and shape of
    /// inputs and labels. The data itself is not part of it. As in MLflow the digest sees the first 10,000 values of the inputs and of the
    /// labels, and the shapes.
    /// </summary>
    public Dataset ToDataset() => DatasetDescription.Of(this, Mlflow.ActiveRun?.Data.Tags ?? new Dictionary<string, string>());

    /// <summary>The rows from <paramref name="start"/> on, without copying them.</summary>
    internal LabeledData Slice(int start, int count) =>
        new(Inputs.Slice(start * Width, count * Width), Labels.Slice(start, count)) { Name = Name, Source = Source };

    private static long[] Widen(ReadOnlySpan<byte> labels)
    {
        var wide = new long[labels.Length];
        for (var index = 0; index < wide.Length; index++)
            wide[index] = labels[index];

        return wide;
    }
}
