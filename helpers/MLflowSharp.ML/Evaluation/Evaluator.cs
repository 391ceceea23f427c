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
    /// <param name="trainer">What learned; it tells the column of what is right.</param>
    /// <returns>The metrics; null when the columns fit no task.</returns>
    public static Evaluation? Evaluate(MLContext context, IDataView scored, object trainer)
    {
        var label = TrainerOptions.LabelOf(trainer);
        var schema = scored.Schema;
        var kind = TrainerOptions.TransformerOf(trainer) is { IsGenericType: true } transformer ? transformer.GetGenericTypeDefinition() : null;
        // Their columns are those of a regression, of a classification, and of one of several classes.
        if (kind == typeof(RankingPredictionTransformer<>))
            return TrainerOptions.RowGroupOf(trainer) is { } group && schema.GetColumnOrNull(label) is not null ? Of(context.Ranking.Evaluate(scored, label, group)) : null;
        if (kind == typeof(AnomalyPredictionTransformer<>))
            return schema.GetColumnOrNull(label)?.Type is BooleanDataViewType or NumberDataViewType ? Of(context.AnomalyDetection.Evaluate(scored, label)) : null;
        if (kind == typeof(ClusteringPredictionTransformer<>))
            return Clusters(context, scored, schema.GetColumnOrNull(label)?.Type is KeyDataViewType ? label : null, TrainerOptions.FeaturesOf(trainer));

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
            case (null, NumberDataViewType) when right is NumberDataViewType:
                return Of(context.Regression.Evaluate(scored, label));
            default:
                return null;
        }
    }

    private static Evaluation Clusters(MLContext context, IDataView scored, string? label, string? features)
    {
        var evaluation = Of(context.Clustering.Evaluate(scored, label, featureColumnName: features));
        // Without anything to compare the clusters with this is not measured.
        if (label is null)
            evaluation.Metrics.Remove("normalized_mutual_information");
        return evaluation;
    }

    private static Evaluation Of(object metrics)
    {
        var values = new Dictionary<string, double>();
        foreach (var property in metrics.GetType().GetProperties())
        {
            if (property.GetValue(metrics) is double value)
                values[KeyOf(property.Name)] = value;
            // Gains of a ranking, of the first place, the first two, and so on.
            else if (property.GetValue(metrics) is IReadOnlyList<double> all && metrics is RankingMetrics)
            {
                foreach (var (index, gain) in all.Index())
                    values[$"{KeyOf(property.Name)}_{index + 1}"] = gain;
            }
        }

        return new(values, metrics.GetType().GetProperty("ConfusionMatrix")?.GetValue(metrics) as ConfusionMatrix);
    }

    /// <summary><c>AreaUnderRocCurve</c> becomes <c>area_under_roc_curve</c>, <c>RSquared</c> <c>r_squared</c>.</summary>
    private static string KeyOf(string name)
    {
        var key = new StringBuilder();
        foreach (var (index, letter) in name.Index())
        {
            if (index > 0 && char.IsUpper(letter) && (!char.IsUpper(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1]))))
                key.Append('_');
            key.Append(char.ToLowerInvariant(letter));
        }

        return key.ToString();
    }
}
