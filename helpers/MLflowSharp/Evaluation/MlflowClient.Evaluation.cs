using System.Globalization;
using System.Text;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>
    /// Scores rows with a model, compares what comes out with what is right, and logs the result to a run, as Python's <c>mlflow.evaluate</c>
    /// (https://mlflow.org/docs/latest/ml/evaluation/model-eval/): metrics, and of a classifier the confusion matrix (<c>confusion_matrix.svg</c>,
    /// <c>confusion_matrix.json</c>), precision and recall by class (<c>per_class_metrics.csv</c>), the calibration
    /// (<c>calibration_curve_plot.svg</c>) and the worst mistakes, with pictures where rows are images (<c>worst_mistakes.json</c>).
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">Rows that the model takes and has not learned from.</param>
    /// <param name="targets">What is right, one value a row, such as an <c>int[]</c> of classes.</param>
    /// <param name="options">Names of classes, prefix and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when rows, targets and model do not fit together. Nothing was logged.</exception>
    public async Task<EvaluationResult> EvaluateAsync(string runId, LoadedModel model, ModelData data, ModelData targets, EvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(targets);
        var settings = options ?? new EvaluationOptions();
        var result = await Task.Run(() => Evaluator.Evaluate(rows => model.Predict(rows), data, targets.Tensor, settings, cancellationToken), cancellationToken);
        var time = Options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        await LogBatchAsync(runId, [.. result.Metrics.Select(metric => new Metric(metric.Key, metric.Value, time, 0) { ModelId = model.Metadata.ModelId })], cancellationToken: cancellationToken);
        if (result.Classes.Count > 0)
            await LogArtifactsOfAsync(runId, result, settings.Prefix, cancellationToken);
        return result;
    }

    /// <inheritdoc cref="EvaluateAsync"/>
    public EvaluationResult Evaluate(string runId, LoadedModel model, ModelData data, ModelData targets, EvaluationOptions? options = null) => Wait(EvaluateAsync(runId, model, data, targets, options));

    private async Task LogArtifactsOfAsync(string runId, EvaluationResult result, string prefix, CancellationToken cancellationToken)
    {
        await LogFigureAsync(runId, result.ConfusionFigure!, prefix + "confusion_matrix.svg", cancellationToken);
        var matrix = result.Classes.Select((target, row) => new Dictionary<string, object?>(
            [KeyValuePair.Create("target", (object?)target), .. result.Classes.Select((label, column) => KeyValuePair.Create(label, (object?)result.ConfusionMatrix[row][column]))]));
        await LogTableAsync(runId, matrix.ToList(), prefix + "confusion_matrix.json", cancellationToken);
        await LogTextAsync(runId, PerClassCsv(result.PerClass), prefix + "per_class_metrics.csv", cancellationToken);
        if (result.CalibrationFigure is { } calibration)
            await LogFigureAsync(runId, calibration, prefix + "calibration_curve_plot.svg", cancellationToken);
        if (result.WorstMistakes.Count > 0)
        {
            var hasImages = result.WorstMistakes[0].Image is not null;
            var mistakes = result.WorstMistakes.Select(mistake =>
            {
                var row = new Dictionary<string, object?> { ["row"] = mistake.Row, ["target"] = mistake.Target, ["prediction"] = mistake.Prediction, ["probability"] = mistake.Probability };
                if (hasImages)
                    row["image"] = mistake.Image;
                return row;
            });
            await LogTableAsync(runId, mistakes.ToList(), prefix + "worst_mistakes.json", cancellationToken);
        }
    }

    private static string PerClassCsv(IReadOnlyList<ClassScores> perClass)
    {
        var csv = new StringBuilder("positive_class,true_negatives,false_positives,false_negatives,true_positives,recall_score,precision_score,f1_score\n");
        foreach (var scores in perClass)
        {
            var name = scores.Class.AsSpan().ContainsAny(",\"\n\r") ? $"\"{scores.Class.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : scores.Class;
            csv.Append(CultureInfo.InvariantCulture, $"{name},{scores.TrueNegatives},{scores.FalsePositives},{scores.FalseNegatives},{scores.TruePositives},{scores.Recall:R},{scores.Precision:R},{scores.F1:R}\n");
        }

        return csv.ToString();
    }
}
