namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>
    /// Evaluates a model and logs the result to the active run, which is started where there is none
    /// (https://mlflow.org/docs/latest/ml/evaluation/model-eval/). <see cref="MlflowClient.EvaluateAsync"/> says what is logged.
    /// It is for a loaded model of any flavor and rows that it has not learned from; what ML.NET measures while a pipeline is trained, its automatic
    /// logging logs (the package MLflowSharp.ML).
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Rows that the model takes and has not learned from.</param>
    /// <param name="targets">What is right, one value a row, such as an <c>int[]</c> of classes.</param>
    /// <param name="options">Names of classes, prefix and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when rows, targets and model do not fit together. Nothing was logged.</exception>
    public static Task<EvaluationResult> EvaluateAsync(LoadedModel model, ModelData data, ModelData targets, EvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        EvaluationResult? result = null;
        // Not an async method, so that a run that is started here becomes the caller's.
        var evaluating = WithRunAsync(async run => result = await run.Client.EvaluateAsync(run.RunId, model, data, targets, options, cancellationToken));
        return ResultAsync();

        async Task<EvaluationResult> ResultAsync()
        {
            await evaluating;
            return result!;
        }
    }

    /// <inheritdoc cref="EvaluateAsync"/>
    public static EvaluationResult Evaluate(LoadedModel model, ModelData data, ModelData targets, EvaluationOptions? options = null) => MlflowClient.Wait(EvaluateAsync(model, data, targets, options));
}
