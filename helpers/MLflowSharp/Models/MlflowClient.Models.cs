using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    private const string LoggedModelsTag = "mlflow.log-model.history";

    /// <summary>
    /// Writes a model into a run's artifacts and records it in the run's tag <c>mlflow.log-model.history</c>, where MLflow's pages look for
    /// it. MLflow loads it as <c>runs:/&lt;run id&gt;/&lt;artifact path&gt;</c>. Flavors such as ONNX log their models with it.
    /// </summary>
    /// <param name="runId">Identifier of the run, the one that the description names.</param>
    /// <param name="model">The model; its description says in which folder of the artifacts it goes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">
    /// INVALID_PARAMETER_VALUE when the description names another run, or the run is deleted; RESOURCE_ALREADY_EXISTS when the folder has
    /// something in it. Nothing was written.
    /// </exception>
    public async Task LogModelAsync(string runId, ModelFiles model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var description = model.Description;
        if (description.RunId != runId)
            throw MlflowException.Invalid($"The model says that run {description.RunId ?? "(none)"} made it, but it is logged to run {runId}. Make the description for the run.");

        var run = await GetRunAsync(runId, cancellationToken);
        var history = History(run);
        if ((await ListArtifactsAsync(runId, description.ArtifactPath, cancellationToken)).Count > 0)
        {
            throw new MlflowException(
                $"The run {runId} already has artifacts in '{description.ArtifactPath}'. Give the model another name, so that nothing is mixed or overwritten.",
                ErrorCode.ResourceAlreadyExists);
        }

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
    }

    /// <inheritdoc cref="LogModelAsync"/>
    public void LogModel(string runId, ModelFiles model) => Wait(LogModelAsync(runId, model));

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
