using MLflowSharp.Artifacts.Transfer;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>
    /// Loads a model for scoring, as Python's <c>mlflow.pyfunc.load_model</c>
    /// (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.pyfunc.html#mlflow.pyfunc.load_model). A local one is used in place, another is
    /// copied into a temporary folder that lives as long as the model.
    /// </summary>
    /// <param name="modelUri"><c>models:/name/1</c>, <c>models:/name@alias</c>, <c>models:/m-…</c>, <c>runs:/&lt;run id&gt;/model</c>, a folder, or the address of a storage.</param>
    /// <param name="flavor">The flavor to load it in, such as <c>onnx</c>; null for the one that scores fastest.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">
    /// RESOURCE_DOES_NOT_EXIST when there is no model, with the nearest one; INVALID_PARAMETER_VALUE when no flavor of it can be loaded here, with what to add; DATA_LOSS when its files are damaged.
    /// </exception>
    public async Task<LoadedModel> LoadModelAsync(string modelUri, string? flavor = null, CancellationToken cancellationToken = default)
    {
        var model = await LocateModelAsync(modelUri, cancellationToken);
        if (!await HasModelAsync(model.Location, cancellationToken))
            throw await NoModelAsync(modelUri, model, cancellationToken);
        var repository = ArtifactsAt(model.Location);
        var folder = await ArtifactTransfer.DownloadAsync(repository, "", null, null, cancellationToken);
        Action? release = repository.GetLocalPath("") is null ? () => Directory.Delete(folder, recursive: true) : null;
        try
        {
            return LoadedModel.Load(modelUri, folder, flavor, Options.Warn, release);
        }
        catch
        {
            release?.Invoke();
            throw;
        }
    }

    /// <inheritdoc cref="LoadModelAsync"/>
    public LoadedModel LoadModel(string modelUri, string? flavor = null) => Wait(LoadModelAsync(modelUri, flavor));
}
