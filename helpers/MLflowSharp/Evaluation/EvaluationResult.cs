using System.Globalization;
using System.Net;
using System.Text;

namespace MLflowSharp;

/// <summary>How good a model is on some data.</summary>
public sealed class EvaluationResult
{
    internal EvaluationResult(IReadOnlyDictionary<string, double> metrics) => Metrics = metrics;

    /// <summary>The metrics under the names of MLflow's own evaluation, such as <c>accuracy_score</c> and <c>f1_score</c>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; }

    /// <summary>The classes in the order of <see cref="ConfusionMatrix"/>; empty for a regressor.</summary>
    public IReadOnlyList<string> Classes { get; internal init; } = [];

    /// <summary>By class that is right and class that was said how many rows; empty for a regressor.</summary>
    public IReadOnlyList<IReadOnlyList<int>> ConfusionMatrix { get; internal init; } = [];

    /// <summary>How good the model is at each class; empty for a regressor.</summary>
    public IReadOnlyList<ClassScores> PerClass { get; internal init; } = [];

    /// <summary>How often the model is right where it says that it is so and so sure; empty when it gives no probabilities.</summary>
    public IReadOnlyList<CalibrationBin> Calibration { get; internal init; } = [];

    /// <summary>The mistakes of which the model was surest, the worst first.</summary>
    public IReadOnlyList<Mistake> WorstMistakes { get; internal init; } = [];

    /// <summary>For each row whether the model was right; empty for a regressor. <see cref="PromotionGate"/> compares two models by it.</summary>
    public IReadOnlyList<bool> IsRight { get; internal init; } = [];

    /// <summary>A picture of the confusion matrix; null for a regressor.</summary>
    public IFigure? ConfusionFigure => Classes.Count == 0 ? null : new ConfusionFigure(Classes, ConfusionMatrix);

    /// <summary>A picture of the calibration; null when the model gives no probabilities.</summary>
    public IFigure? CalibrationFigure => Calibration.Count == 0 ? null : new CalibrationFigure(Calibration);

    /// <summary>The metrics, a line each.</summary>
    public override string ToString() => string.Join('\n', Metrics.Select(metric => $"{metric.Key}: {Text(metric.Value)}"));

    /// <summary>How a notebook shows the result: the metrics as a table, and the figures.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle()
    {
        var html = new StringBuilder("<table>");
        foreach (var (name, value) in Metrics)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(name)}</td><td>{Text(value)}</td></tr>");
        html.Append("</table>");
        foreach (var figure in (IFigure?[])[ConfusionFigure, CalibrationFigure])
        {
            if (figure is SvgFigure drawing)
                html.Append(drawing.Draw());
        }

        return new Dictionary<string, object> { ["text/plain"] = ToString(), ["text/html"] = html.ToString() };
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
