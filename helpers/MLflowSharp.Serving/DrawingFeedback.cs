using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp.Serving;

/// <summary>
/// Keeps the drawings of the page <c>/draw</c> that the model read wrongly, with the digit they show: as <c>feedback/drawings.json</c> of a run
/// beside the one that made the model, which begins with the first drawing and ends with the server. Each version of a model has its own.
/// </summary>
/// <param name="client">Where models and runs are kept.</param>
internal sealed class DrawingFeedback(MlflowClient client) : IAsyncDisposable
{
    private const string DefaultExperiment = "0";
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, FeedbackLog> _logs = new(StringComparer.Ordinal);

    /// <summary>Keeps a drawing.</summary>
    /// <param name="model">The model that read it.</param>
    /// <param name="json">What the page sends: <c>{"label": 7, "drawing": {…}}</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>JSON: how many are kept, and in which run.</returns>
    /// <exception cref="MlflowException">BAD_REQUEST when it is something else; the store's own error when it cannot be logged. Nothing was kept.</exception>
    public async Task<string> KeepAsync(LoadedModel model, string json, CancellationToken cancellationToken)
    {
        var entry = Read(json);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_logs.TryGetValue(model.Uri, out var log))
                _logs[model.Uri] = log = new(client, await StartRunAsync(model, cancellationToken), "drawings");
            var kept = await log.AddAsync(entry, cancellationToken);
            return new JsonObject { ["kept"] = kept, ["run_id"] = log.RunId }.ToJsonString();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends the runs.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var log in _logs.Values)
            await client.SetTerminatedAsync(log.RunId);
        _gate.Dispose();
    }

    private async Task<string> StartRunAsync(LoadedModel model, CancellationToken cancellationToken)
    {
        var maker = await MakerAsync(model, cancellationToken);
        var tags = new Dictionary<string, string> { ["model"] = model.Uri };
        if (maker is not null)
            tags["mlflow.parentRunId"] = maker.RunId;
        return (await client.CreateRunAsync(maker?.ExperimentId ?? DefaultExperiment, tags: tags, runName: "feedback", cancellationToken: cancellationToken)).Info.RunId;
    }

    // The run that made a model may be deleted by now, or in another store.
    private async Task<RunInfo?> MakerAsync(LoadedModel model, CancellationToken cancellationToken)
    {
        try
        {
            return model.Metadata.RunId is { } runId && await client.GetRunAsync(runId, cancellationToken) is { Info.LifecycleStage: LifecycleStage.Active } run ? run.Info : null;
        }
        catch (MlflowException missing) when (missing.ErrorCode is ErrorCode.ResourceDoesNotExist)
        {
            return null;
        }
    }

    private static JsonObject Read(string json)
    {
        try
        {
            if (JsonNode.Parse(json) is JsonObject { Count: 2 } entry
                && entry["label"] is JsonValue label && label.TryGetValue<int>(out var digit) && digit is >= 0 and <= 9
                && entry["drawing"] is JsonObject drawing && drawing["strokes"] is JsonArray { Count: > 0 })
            {
                return entry;
            }
        }
        catch (JsonException)
        {
            // Said below, with what is expected.
        }

        throw new MlflowException("This is no feedback on a drawing. Send {\"label\": 7, \"drawing\": {\"strokes\": …}}, with something drawn.", ErrorCode.BadRequest);
    }
}
