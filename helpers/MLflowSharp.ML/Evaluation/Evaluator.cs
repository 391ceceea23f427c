using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLflowSharp.ML;

/// <summary>Evaluates scored rows with the metrics of the task that their columns tell.</summary>
internal static class Evaluator
{
    /// <summary>Evaluates rows.</summary>
    /// <param name="context">Has the evaluators.</param>
    /// <param name="scored">The rows, with what the model says of them.</param>
    /// <param name="label">The column of what is right.</param>
    /// <returns>The metrics; null when the columns fit no task.</returns>
    public static Evaluation? Evaluate(MLContext context, IDataView scored, string label)
    {
        var schema = scored.Schema;
        var score = schema.GetColumnOrNull("Score")?.Type;
        var predicted = schema.GetColumnOrNull("PredictedLabel")?.Type;
        var right = schema.GetColumnOrNull(label)?.Type;
        switch (predicted, score)
        {
            case (BooleanDataViewType, _) when right is BooleanDataViewType:
                return schema.GetColumnOrNull("Probability") is null
                    ? Of(context.BinaryClassification.EvaluateNonCalibrated(scored, label))
                    : Of(context.BinaryClassification.Evaluate(scored, label));
            case (KeyDataViewType, VectorDataViewType) when right is KeyDataViewType:
                return Of(context.MulticlassClassification.Evaluate(scored, label));
            case (KeyDataViewType, VectorDataViewType) when right is null:
                return Of(context.Clustering.Evaluate(scored));
            case (null, NumberDataViewType) when right is NumberDataViewType:
                return Of(context.Regression.Evaluate(scored, label));
            default:
                return null;
        }
    }

    private static Evaluation Of(object metrics)
    {
        var values = metrics.GetType().GetProperties()
            .Where(property => property.PropertyType == typeof(double))
            .ToDictionary(property => KeyOf(property.Name), property => (double)property.GetValue(metrics)!);
        return new(values, metrics.GetType().GetProperty("ConfusionMatrix")?.GetValue(metrics) as ConfusionMatrix);
    }

    /// <summary><c>AreaUnderRocCurve</c> becomes <c>area_under_roc_curve</c>.</summary>
    private static string KeyOf(string name)
    {
        var key = new StringBuilder();
        foreach (var (index, letter) in name.Index())
        {
            if (index > 0 && char.IsUpper(letter) && !char.IsUpper(name[index - 1]))
                key.Append('_');
            key.Append(char.ToLowerInvariant(letter));
        }

        return key.ToString();
    }
}
