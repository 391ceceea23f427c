using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    private const string LoggedModelsTag = "mlflow.log-model.history";

    /// <summary>
    /// Logs a model that a run made. In a store of MLflow 3 it becomes a logged model: a thing of its own with the run's parameters and the
    /// metrics the run has at that step, its files in <c>models/m-…/artifacts</c> of the experiment, READY when they are whole. In a store of
    /// MLflow 2, or with a name that logged models may not have, it goes into the run's artifacts and into the run's tag
    /// <c>mlflow.log-model.history</c>. Either way MLflow loads it as <c>runs:/&lt;run id&gt;/&lt;name&gt;</c>. Flavors such as ONNX log their models with it.
    /// </summary>
    /// <param name="runId">Identifier of the run, the one that the description names.</param>
    /// <param name="model">The model; its description's artifact path is its name.</param>
    /// <param name="step">The training step at which it was made.</param>
    /// <param name="cancellationToken">Cancels the call. A logged model is then marked as failed.</param>
    /// <returns>What the file <c>MLmodel</c> says; its <see cref="Model.ModelUri"/> loads the model.</returns>
    /// <exception cref="MlflowException">
    /// INVALID_PARAMETER_VALUE when the description names another run, or the run is deleted; RESOURCE_ALREADY_EXISTS when the run's
    /// artifacts have something of that name. Nothing was written.
    /// </exception>
    public async Task<Model> LogModelAsync(string runId, ModelFiles model, long step = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var description = model.Description;
        if (description.RunId != runId)
            throw MlflowException.Invalid($"The model says that run {description.RunId ?? "(none)"} made it, but it is logged to run {runId}. Make the description for the run.");

        var repository = await ArtifactsOfAsync(runId, cancellationToken);
        var run = await GetRunAsync(runId, cancellationToken);
        var history = History(run);
        if ((await repository.ListArtifactsAsync(description.ArtifactPath, cancellationToken)).Count > 0)
        {
            throw new MlflowException(
                $"The run {runId} already has artifacts in '{description.ArtifactPath}'. Give the model another name, so that nothing is mixed or overwritten.",
                ErrorCode.ResourceAlreadyExists);
        }

        if (await TryCreateLoggedModelAsync(run, description.ArtifactPath, cancellationToken) is { } logged)
            return await WriteLoggedModelAsync(run, logged, model, step, cancellationToken);

        foreach (var (name, content) in model.InOrder())
            await LogBytesAsync(runId, content, $"{description.ArtifactPath}/{name}", cancellationToken);

        history.Add(description.ToHistoryEntry());
        try
        {
            await SetTagAsync(runId, LoggedModelsTag, history.ToJsonString(), cancellationToken);
        }
        catch (MlflowException refusal) when (refusal.ErrorCode == ErrorCode.InvalidParameterValue)
        {
            // The tag has room for about fifteen models. MLflow keeps the model and warns, too.
            Options.Warn($"The model is stored as {description.ModelUri}, but the run's list of models, the tag {LoggedModelsTag}, has no room for it: {refusal.Message}");
        }

        return description;
    }

    /// <inheritdoc cref="LogModelAsync"/>
    public Model LogModel(string runId, ModelFiles model, long step = 0) => Wait(LogModelAsync(runId, model, step));

    private static JsonArray History(Run run)
    {
        if (!run.Data.Tags.TryGetValue(LoggedModelsTag, out var tag))
            return [];

        try
        {
            if (JsonNode.Parse(tag) is JsonArray history)
                return history;
        }
        catch (JsonException damage)
        {
            throw Damaged(damage);
        }

        throw Damaged(null);

        MlflowException Damaged(JsonException? damage) => new(
            $"The run {run.Info.RunId} has a tag {LoggedModelsTag} that is not a JSON list of models. Delete the tag, then log the model again.",
            ErrorCode.DataLoss, damage);
    }
}
