namespace MLflowSharp;

/// <summary>
/// The metrics of a classifier under the names that MLflow's evaluation gives them
/// (https://mlflow.org/docs/latest/ml/evaluation/model-eval/); they are defined as in scikit-learn. Of two classes the last is the positive one.
/// </summary>
internal static class ClassifierMetrics
{
    // As in scikit-learn: the logarithm of a probability of zero would be infinite.
    private const double LeastProbability = 1.1920929e-7;

    public static Dictionary<string, double> Of(
        IReadOnlyList<ClassScores> perClass, int[] right, int[] said, IReadOnlyList<double[]>? probabilities, IReadOnlyList<CalibrationBin> calibration, string prefix)
    {
        var metrics = new Dictionary<string, double>();
        if (perClass is [_, var positive])
        {
            Add("true_negatives", positive.TrueNegatives);
            Add("false_positives", positive.FalsePositives);
            Add("false_negatives", positive.FalseNegatives);
            Add("true_positives", positive.TruePositives);
        }

        Add("example_count", right.Length);
        Add("accuracy_score", right.Length == 0 ? double.NaN : (double)right.Zip(said).Count(row => row.First == row.Second) / right.Length);
        Add("recall_score", Average(scores => scores.Recall));
        Add("precision_score", Average(scores => scores.Precision));
        Add("f1_score", Average(scores => scores.F1));
        if (probabilities is not null)
        {
            Add("log_loss", LogLoss(probabilities, right));
            Add("brier_score_loss", Brier(probabilities, right));
            Add("expected_calibration_error", calibration.Sum(bin => bin.Count * Math.Abs(bin.Accuracy - bin.Confidence)) / right.Length);
            // It takes rows of every class.
            if (perClass.All(scores => scores.Support > 0) && perClass.Count > 1)
                Add("roc_auc", perClass.Count == 2 ? RocArea(probabilities, right, 1) : Enumerable.Range(0, perClass.Count).Sum(index => RocArea(probabilities, right, index) * perClass[index].Support) / right.Length);
        }

        return metrics;

        void Add(string name, double value) => metrics[prefix + name] = value;

        // Weighted by the number of rows of each class.
        double Average(Func<ClassScores, double> score) => perClass is [_, var last] ? score(last) : perClass.Sum(scores => score(scores) * scores.Support) / Math.Max(1, right.Length);
    }

    private static double LogLoss(IReadOnlyList<double[]> probabilities, int[] right) =>
        right.Select((target, row) => -Math.Log(Math.Clamp(probabilities[row][target] / probabilities[row].Sum(), LeastProbability, 1 - LeastProbability))).Average();

    /// <summary>The mean squared distance of the probabilities from what is right (Brier, "Verification of forecasts expressed in terms of probability", 1950); of two classes, half of it.</summary>
    private static double Brier(IReadOnlyList<double[]> probabilities, int[] right) =>
        right.Select((target, row) => probabilities[row].Select((probability, index) => Math.Pow(probability - (index == target ? 1 : 0), 2)).Sum()).Average()
        / (probabilities.Count > 0 && probabilities[0].Length == 2 ? 2 : 1);

    /// <summary>How often a row of the class has a larger probability than a row of another; ties count half.</summary>
    private static double RocArea(IReadOnlyList<double[]> probabilities, int[] right, int positive)
    {
        var rows = Enumerable.Range(0, right.Length).OrderBy(row => probabilities[row][positive]).ToArray();
        var (rankSum, positives) = (0.0, 0L);
        for (var start = 0; start < rows.Length;)
        {
            var end = start;
            while (end < rows.Length && probabilities[rows[end]][positive] == probabilities[rows[start]][positive])
                end++;
            var rank = (start + end + 1) / 2.0;
            var hits = rows[start..end].Count(row => right[row] == positive);
            rankSum += rank * hits;
            positives += hits;
            start = end;
        }

        return (rankSum - (positives * (positives + 1) / 2.0)) / (positives * (rows.Length - positives));
    }
}
