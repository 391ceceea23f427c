namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>
    /// Logs a model to the active run (https://mlflow.org/docs/latest/ml/model/). Starts a run when none is active. Flavors such as ONNX log
    /// their models with it.
    /// </summary>
    /// <param name="create">Makes the model for the run whose identifier it gets.</param>
    /// <param name="step">The training step at which it was made.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the file <c>MLmodel</c> says.</returns>
    public static Task<Model> LogModelAsync(Func<string, ModelFiles> create, long step = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(create);
        Model? description = null;
        // Not an async method, so that a run that is started here becomes the caller's.
        var logging = WithRunAsync(async run => description = await run.Client.LogModelAsync(run.RunId, create(run.RunId), step, cancellationToken));
        return DescriptionAsync();

        async Task<Model> DescriptionAsync()
        {
            await logging;
            return description!;
        }
    }

    /// <inheritdoc cref="LogModelAsync"/>
    public static Model LogModel(Func<string, ModelFiles> create, long step = 0) => MlflowClient.Wait(LogModelAsync(create, step));
}
