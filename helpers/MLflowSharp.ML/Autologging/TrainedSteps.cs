using Microsoft.ML;

namespace MLflowSharp.ML;

/// <summary>Takes a trained model apart.</summary>
internal static class TrainedSteps
{
    /// <summary>
    /// The rows as the trainer's step gives them. What stands behind it may change what the evaluators look for, as MapKeyToValue does when it
    /// puts names in place of the predicted keys.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The rows that it takes.</param>
    public static IDataView Score(ITransformer model, IDataView data)
    {
        var steps = Of(model).ToList();
        var trained = steps.FindLastIndex(IsPrediction);
        return steps.Take(trained < 0 ? steps.Count : trained + 1).Aggregate(data, (rows, step) => step.Transform(rows));
    }

    private static IEnumerable<ITransformer> Of(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.SelectMany(Of) : [model];

    private static bool IsPrediction(ITransformer step) =>
        step.GetType().GetInterfaces().Any(kind => kind.IsGenericType && kind.GetGenericTypeDefinition() == typeof(IPredictionTransformer<>));
}
