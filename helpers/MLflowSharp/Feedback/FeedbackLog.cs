using System.Text.Json.Nodes;

namespace MLflowSharp;

/// <summary>
/// Keeps what people say of a model's answers, such as inputs with the label that would have been right: entries of one JSON list, an artifact of
/// a run, which is logged anew with each. Several threads may add at once; two of these for one artifact may not.
/// </summary>
/// <param name="client">Where the run is.</param>
/// <param name="runId">The run.</param>
/// <param name="name">The artifact's name: the list becomes <c>feedback/NAME.json</c>.</param>
public sealed class FeedbackLog(MlflowClient client, string runId, string name)
{
    private readonly Lock _gate = new();
    private readonly List<JsonNode> _kept = [];
    private Task _last = Task.CompletedTask;

    /// <summary>The artifact, such as <c>feedback/drawings.json</c>.</summary>
    public string ArtifactFile => $"feedback/{name}.json";

    /// <summary>The run that has the artifact.</summary>
    public string RunId => runId;

    /// <summary>Adds an entry and logs the list.</summary>
    /// <param name="entry">What was said; it is copied.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many entries are kept.</returns>
    /// <exception cref="MlflowException">The list could not be logged. The entry was not kept.</exception>
    public Task<int> AddAsync(JsonObject entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        // One after the other, in the order of the calls, as each logs the whole list.
        lock (_gate)
        {
            var added = AddAfterAsync(_last, entry.DeepClone(), cancellationToken);
            _last = added;
            return added;
        }
    }

    /// <inheritdoc cref="AddAsync"/>
    public int Add(JsonObject entry) => MlflowClient.Wait(AddAsync(entry));

    private async Task<int> AddAfterAsync(Task before, JsonNode entry, CancellationToken cancellationToken)
    {
        // That one's failure is its caller's.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var all = new JsonArray([.. _kept.Append(entry).Select(one => one.DeepClone())]);
        await client.LogTextAsync(runId, all.ToJsonString(), ArtifactFile, cancellationToken);
        _kept.Add(entry);
        return _kept.Count;
    }
}
