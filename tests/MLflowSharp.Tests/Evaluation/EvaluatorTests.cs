namespace MLflowSharp.Tests.Evaluation;

public sealed class EvaluatorTests
{
    // Six rows of three classes; what scikit-learn 1.2 gives for them is worked out by hand below.
    private static readonly double[,] Probabilities =
    {
        { 0.7, 0.2, 0.1 }, { 0.1, 0.8, 0.1 }, { 0.2, 0.2, 0.6 }, { 0.6, 0.3, 0.1 }, { 0.2, 0.5, 0.3 }, { 0.1, 0.1, 0.8 },
    };

    private static readonly int[] Targets = [0, 1, 2, 1, 1, 0];

    [Fact]
    public void The_metrics_of_several_classes_are_weighted_by_their_rows()
    {
        var metrics = Evaluate(Probabilities, Targets).Metrics;

        Assert.Equal(6, metrics["example_count"]);
        Assert.Equal(4 / 6.0, metrics["accuracy_score"], 1e-12);
        Assert.Equal(4 / 6.0, metrics["recall_score"], 1e-12);
        // Precision of the classes 1/2, 2/2 and 1/2, with 2, 3 and 1 rows.
        Assert.Equal(((2 * 0.5) + 3 + 0.5) / 6, metrics["precision_score"], 1e-12);
        Assert.Equal(((2 * 0.5) + (3 * 0.8) + (2 / 3.0)) / 6, metrics["f1_score"], 1e-12);
        Assert.Equal(-(Math.Log(0.7) + Math.Log(0.8) + Math.Log(0.6) + Math.Log(0.3) + Math.Log(0.5) + Math.Log(0.1)) / 6, metrics["log_loss"], 1e-12);
        Assert.Equal((0.14 + 0.06 + 0.24 + 0.86 + 0.38 + 1.46) / 6, metrics["brier_score_loss"], 1e-12);
        // One against the rest: class 0 has 4.5 of 8 pairs right, class 1 has 8 (ties none) of 9, class 2 4 of 5.
        Assert.Equal(((2 * 4.5 / 8) + (3 * 9.0 / 9) + (4.0 / 5)) / 6, metrics["roc_auc"], 1e-12);
    }

    [Fact]
    public void The_confusion_matrix_counts_by_target_and_prediction()
    {
        var result = Evaluate(Probabilities, Targets);

        Assert.Equal(["0", "1", "2"], result.Classes);
        Assert.Equal([[1, 0, 1], [1, 2, 0], [0, 0, 1]], result.ConfusionMatrix);
        Assert.Equal(new ClassScores("1", 2, 0, 1, 3), result.PerClass[1]);
        Assert.Equal([true, true, true, false, true, false], result.IsRight);
    }

    [Fact]
    public void The_worst_mistakes_are_those_the_model_was_surest_of()
    {
        var mistakes = Evaluate(Probabilities, Targets).WorstMistakes;

        Assert.Equal([(5, "0", "2", 0.8), (3, "1", "0", 0.6)], mistakes.Select(mistake => (mistake.Row, mistake.Target, mistake.Prediction, mistake.Probability!.Value)));
    }

    [Fact]
    public void Calibration_compares_how_sure_with_how_often_right()
    {
        var bins = Evaluate(Probabilities, Targets).Calibration;

        Assert.Equal([1, 2, 1, 2], bins.Select(bin => bin.Count));
        Assert.Equal([0.5, 0.6, 0.7, 0.8], bins.Select(bin => Math.Round(bin.Confidence, 9)));
        Assert.Equal([1, 0.5, 1, 0.5], bins.Select(bin => bin.Accuracy));
    }

    [Fact]
    public void Of_two_classes_the_last_is_the_positive_one()
    {
        var metrics = Evaluate(new[] { 0.9, 0.4, 0.6, 0.2 }, new[] { true, true, false, false }).Metrics;

        Assert.Equal((1, 1, 1, 1), (metrics["true_positives"], metrics["false_negatives"], metrics["false_positives"], metrics["true_negatives"]));
        Assert.Equal((0.5, 0.5), (metrics["precision_score"], metrics["recall_score"]));
        Assert.Equal(0.75, metrics["roc_auc"]);
        Assert.Equal((0.01 + 0.36 + 0.36 + 0.04) / 4, metrics["brier_score_loss"], 1e-12);
    }

    [Fact]
    public void Logarithms_and_logits_become_probabilities_and_other_scores_do_not()
    {
        var probabilities = ModelTensor.OfArray(Probabilities).As<double>();
        var logarithms = ModelTensor.Of(probabilities.Values.ToArray().Select(value => Math.Log(value)).ToArray(), 6, 3);
        var logits = ModelTensor.Of(logarithms.Values.ToArray().Select(value => value + 5).ToArray(), 6, 3);

        var expected = Evaluate(Probabilities, Targets).Metrics["log_loss"];

        Assert.Equal(expected, Evaluate(logarithms, Targets).Metrics["log_loss"], 1e-9);
        Assert.Equal(expected, Evaluate(Named("logits", logits), Targets).Metrics["log_loss"], 1e-9);
        var scores = Evaluate(Named("scores", logits), Targets);
        Assert.False(scores.Metrics.ContainsKey("log_loss"));
        Assert.Equal(4 / 6.0, scores.Metrics["accuracy_score"], 1e-12);
        Assert.Null(scores.CalibrationFigure);
    }

    [Fact]
    public void Classes_may_be_texts_and_the_model_may_say_them_itself()
    {
        ModelData output = ModelData.Of(
        [
            new("label", ModelTensor.OfArray(new[] { "cat", "dog", "cat" })), new("probabilities", ModelTensor.OfArray(new double[,] { { 0.9, 0.1 }, { 0.2, 0.8 }, { 0.6, 0.4 } })),
        ]);

        var result = Evaluate(output, new[] { "cat", "dog", "dog" });

        Assert.Equal(["cat", "dog"], result.Classes);
        Assert.Equal(2 / 3.0, result.Metrics["accuracy_score"], 1e-12);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.8) + Math.Log(0.4)) / 3, result.Metrics["log_loss"], 1e-12);
    }

    [Fact]
    public void Scores_whose_classes_cannot_be_told_are_refused()
    {
        var error = Assert.Throws<MlflowException>(() => Evaluate(Probabilities, new[] { "a", "b", "a", "b", "a", "b" }));

        Assert.Equal("The model gives 3 scores a row, and the targets are of 2 classes. Name the classes in the order of the scores (EvaluationOptions.Classes).", error.Message);
    }

    [Fact]
    public void Fractions_are_the_targets_of_a_regressor()
    {
        var metrics = Evaluate(new[] { 1.0, 2.5, 4 }, new[] { 1.5, 2, 4 }).Metrics;

        Assert.Equal(
            ["example_count", "mean_absolute_error", "mean_squared_error", "root_mean_squared_error", "sum_on_target", "mean_on_target", "r2_score", "max_error", "mean_absolute_percentage_error"],
            metrics.Keys);
        Assert.Equal(1 / 3.0, metrics["mean_absolute_error"], 1e-12);
        Assert.Equal(1 - (0.5 / 3.5), metrics["r2_score"], 1e-12);
        Assert.Equal(0.5, metrics["max_error"]);
    }

    [Fact]
    public void Rows_and_targets_must_be_as_many()
    {
        var error = Assert.Throws<MlflowException>(() => Evaluate(Probabilities, new[] { 1 }));

        Assert.Equal("Expected as many targets as rows, at least one; found 6 rows and 1 targets.", error.Message);
    }

    /// <summary>Evaluates a model that gives what it is given.</summary>
    private static EvaluationResult Evaluate(ModelData output, ModelData targets) =>
        Evaluator.Evaluate(rows => rows, output, targets.Tensor, new EvaluationOptions { BatchSize = 4 }, TestContext.Current.CancellationToken);

    private static ModelData Named(string name, ModelTensor tensor) => ModelData.Of([KeyValuePair.Create(name, tensor)]);
}
