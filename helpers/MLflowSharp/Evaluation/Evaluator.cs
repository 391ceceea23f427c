namespace MLflowSharp;

/// <summary>Scores rows and compares what comes out with what is right.</summary>
internal static class Evaluator
{
    private const int SmallestSide = 8;

    /// <summary>Evaluates a model.</summary>
    /// <param name="predict">The model.</param>
    /// <param name="data">The rows.</param>
    /// <param name="targets">What is right, one value a row.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Cancels the call between batches.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when rows and targets differ in number, there are none, or the model gives nothing that fits.</exception>
    public static EvaluationResult Evaluate(Func<ModelData, ModelData> predict, ModelData data, ModelTensor targets, EvaluationOptions options, CancellationToken cancellationToken)
    {
        if (data.RowCount == 0 || data.RowCount != targets.Count)
            throw MlflowException.Invalid($"Expected as many targets as rows, at least one; found {data.RowCount} rows and {targets.Count} targets.");
        var isClassifier = options.ModelType switch
        {
            "classifier" => true,
            "regressor" => false,
            null => !TensorTypes.IsFloat(targets.DataType) || AreWhole(targets),
            var other => throw MlflowException.Invalid($"There is no model type '{other}'; write 'classifier' or 'regressor'."),
        };
        return isClassifier ? Classify() : Regress();

        EvaluationResult Classify()
        {
            var right = LabelText.Of(targets, "The targets");
            var reader = new PredictionReader(options.Classes, right);
            ForEachBatch(reader.Add);
            return ClassifierEvaluation.Of(reader.Finish(), right, reader.Classes ?? options.Classes, options, row => Picture(data, row));
        }

        EvaluationResult Regress()
        {
            var said = new List<double>(data.RowCount);
            ForEachBatch(output => said.AddRange(output.First(tensor => TensorTypes.IsFloat(tensor.Value.DataType) || TensorTypes.IsWhole(tensor.Value.DataType)).Value.AsType<double>().Values.ToArray()));
            return said.Count == data.RowCount
                ? RegressorEvaluation.Of(said, targets.AsType<double>().Values.ToArray(), options.Prefix)
                : throw MlflowException.Invalid($"Expected one number a row from the model, found {said.Count} for {data.RowCount} rows.");
        }

        void ForEachBatch(Action<ModelData> read)
        {
            for (var start = 0; start < data.RowCount; start += options.BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                read(predict(data.Rows([.. Enumerable.Range(start, Math.Min(options.BatchSize, data.RowCount - start))])));
            }
        }
    }

    private static bool AreWhole(ModelTensor targets) => targets.AsType<double>().Values.ToArray().All(double.IsInteger) && targets.AsType<double>().Values.ToArray().Distinct().Count() <= 100;

    /// <summary>A row as a picture: of the shape (height, width), with a channel before or after it, or as many values as a square has.</summary>
    private static MlflowImage? Picture(ModelData data, int row)
    {
        if (data.Count != 1)
            return null;
        var tensor = data.Tensor;
        var side = (int)Math.Round(Math.Sqrt(tensor.Count / (double)tensor.Shape[0]));
        var (height, width) = tensor.Shape.Skip(1).ToList() switch
        {
            [var rows, var columns] => ((int)rows, (int)columns),
            [1, var rows, var columns] => ((int)rows, (int)columns),
            [var rows, var columns, 1] => ((int)rows, (int)columns),
            [var size] when side * side == size => (side, side),
            _ => (0, 0),
        };
        if (height < SmallestSide || width < SmallestSide || !(TensorTypes.IsFloat(tensor.DataType) || TensorTypes.IsWhole(tensor.DataType)))
            return null;
        var values = tensor.Rows([row]).AsType<double>().Values.Span;
        var (least, most) = (0.0, 1.0);
        foreach (var value in values)
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        var pixels = new byte[height, width];
        for (var index = 0; index < values.Length; index++)
            pixels[index / width, index % width] = (byte)Math.Round((values[index] - least) / (most - least) * 255);
        return MlflowImage.FromArray(pixels);
    }
}
