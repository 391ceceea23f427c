namespace MLflowSharp;

/// <summary>Compares what a classifier says with what is right.</summary>
internal static class ClassifierEvaluation
{
    private const int Bins = 10;

    /// <summary>Works out metrics, confusion matrix, calibration and mistakes.</summary>
    /// <param name="predictions">What the model says.</param>
    /// <param name="targets">What is right.</param>
    /// <param name="classes">The classes in the order of the probabilities; null for those that there are.</param>
    /// <param name="options">The prefix and how many mistakes.</param>
    /// <param name="image">Gives a row as a picture.</param>
    public static EvaluationResult Of(Predictions predictions, IReadOnlyList<string> targets, IReadOnlyList<string>? classes, EvaluationOptions options, Func<int, MlflowImage?> image)
    {
        var all = classes is not null ? [.. classes, .. LabelText.Sorted(targets.Concat(predictions.Labels)).Except(classes)] : LabelText.Sorted(targets.Concat(predictions.Labels));
        var place = all.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        var right = targets.Select(target => place[target]).ToArray();
        var said = predictions.Labels.Select(label => place[label]).ToArray();
        var matrix = all.Select(_ => new int[all.Count]).ToArray();
        for (var row = 0; row < right.Length; row++)
            matrix[right[row]][said[row]]++;
        var perClass = all.Select((name, index) => ScoresOf(name, index, matrix, right.Length)).ToList();
        // Probabilities are of the model's own classes; those that only the targets have, it never says.
        var probabilities = classes is not null && all.Count == classes.Count ? predictions.Probabilities : null;
        var calibration = probabilities is null ? [] : Calibration(probabilities, right, said);
        var mistakes = Enumerable.Range(0, right.Length).Where(row => right[row] != said[row])
            .OrderByDescending(row => probabilities?[row][said[row]] ?? 0).Take(options.WorstMistakes)
            .Select(row => new Mistake(row, targets[row], predictions.Labels[row], probabilities?[row][said[row]], image(row)));
        return new(ClassifierMetrics.Of(perClass, right, said, probabilities, calibration, options.Prefix))
        {
            Classes = all,
            ConfusionMatrix = matrix,
            PerClass = perClass,
            Calibration = calibration,
            WorstMistakes = [.. mistakes],
            IsRight = [.. right.Zip(said, (target, label) => target == label)],
        };
    }

    private static ClassScores ScoresOf(string name, int index, int[][] matrix, int rows)
    {
        var (hits, ofClass, saidClass) = (matrix[index][index], matrix[index].Sum(), matrix.Sum(row => row[index]));
        return new(name, hits, saidClass - hits, ofClass - hits, rows - ofClass - saidClass + hits);
    }

    /// <summary>Rows in ten bins of equal width by the probability of what was said (Guo et al., "On Calibration of Modern Neural Networks", 2017).</summary>
    private static List<CalibrationBin> Calibration(IReadOnlyList<double[]> probabilities, int[] right, int[] said) =>
        [.. Enumerable.Range(0, right.Length)
            .Select(row => (Confidence: probabilities[row][said[row]], IsRight: right[row] == said[row]))
            .GroupBy(row => Math.Clamp((int)Math.Ceiling(row.Confidence * Bins) - 1, 0, Bins - 1))
            .OrderBy(bin => bin.Key)
            .Select(bin => new CalibrationBin(bin.Average(row => row.Confidence), bin.Average(row => row.IsRight ? 1.0 : 0.0), bin.Count()))];
}
