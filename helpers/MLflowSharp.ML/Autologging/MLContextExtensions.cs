using Microsoft.ML;

namespace MLflowSharp.ML;

/// <summary>Trains ML.NET pipelines so that MLflow knows of it.</summary>
public static class MLContextExtensions
{
    /// <summary>
    /// Trains a pipeline, as its own method <c>Fit</c> does, and after <see cref="Mlflow.Autolog"/> or <see cref="MLNetAutolog.Autolog"/> logs
    /// the trainer's options as parameters, what it tells of each iteration and the evaluation's results as metrics, the data as inputs, what
    /// each feature counts in a model of trees, and the model (https://mlflow.org/docs/latest/ml/tracking/autolog/). The evaluation is ML.NET's own, of
    /// the rows given here and for every one of its tasks, rankings and clusters too; a model as it will be served, of any flavor, and with pictures of
    /// what it gets wrong, is evaluated by <see cref="Mlflow.EvaluateAsync"/>, on rows that nobody has trained with.
    /// </summary>
    /// <typeparam name="TTransformer">What the pipeline becomes.</typeparam>
    /// <param name="context">The context that the pipeline was made with.</param>
    /// <param name="pipeline">The pipeline; its last step with options counts as the trainer.</param>
    /// <param name="training">The rows to learn from.</param>
    /// <param name="validation">Rows that are only measured; null when there are none.</param>
    /// <returns>The trained model.</returns>
    public static TTransformer Fit<TTransformer>(this MLContext context, IEstimator<TTransformer> pipeline, IDataView training, IDataView? validation = null)
        where TTransformer : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(training);
        return AutologRun.Begin(MLNetAutolog.Flavor) is { } autolog
            ? new FitLog(context, autolog).Around(pipeline, training, validation)
            : pipeline.Fit(training);
    }
}
