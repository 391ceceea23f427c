namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>
    /// Logs a model to the active run (https://mlflow.org/docs/latest/ml/model/). Starts a run when none is active. Flavors such as ONNX log
    /// their models with it.
    /// </summary>
    /// <param name="create">Makes the model for the run whose identifier it gets.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the file <c>MLmodel</c> says.</returns>
    public static Task<Model> LogModelAsync(Func<string, ModelFiles> create, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(create);
        ModelFiles? model = null;
        // Not an async method, so that a run that is started here becomes the caller's.
        var logging = WithRunAsync(run =>
        {
            model = create(run.RunId);
            return run.Client.LogModelAsync(run.RunId, model, cancellationToken);
        });
        return DescriptionAsync();

        async Task<Model> DescriptionAsync()
        {
            await logging;
            return model!.Description;
        }
    }

    /// <inheritdoc cref="LogModelAsync"/>
    public static Model LogModel(Func<string, ModelFiles> create) => MlflowClient.Wait(LogModelAsync(create));
}
