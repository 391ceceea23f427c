namespace MLflowSharp;

public static partial class Mlflow
{
    /// <inheritdoc cref="MlflowClient.LoadModelAsync"/>
    public static Task<LoadedModel> LoadModelAsync(string modelUri, string? flavor = null, CancellationToken cancellationToken = default) =>
        Client.LoadModelAsync(modelUri, flavor, cancellationToken);

    /// <inheritdoc cref="MlflowClient.LoadModelAsync"/>
    public static LoadedModel LoadModel(string modelUri, string? flavor = null) => Client.LoadModel(modelUri, flavor);
}
