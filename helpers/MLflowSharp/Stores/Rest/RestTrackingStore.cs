using MLflowSharp.Protocol;
using MLflowSharp.Search;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Rest;

/// <summary>
/// Experiments, runs and logged models of a tracking server of MLflow 2.15 or later. It sends what MLflow's own client sends; what the server
/// is too old for is NOT_IMPLEMENTED, with the version that has it. Limits and searches are the server's matter.
/// </summary>
internal sealed partial class RestTrackingStore(RestConnection connection, MlflowClientOptions options) : ITrackingStore
{
    private readonly EntityValidator _validator = new(options.Warn);

    public void Dispose() => connection.Dispose();

    public async Task<string> CreateExperimentAsync(
        string name, string? artifactLocation, IReadOnlyDictionary<string, string>? tags, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckExperimentName(name);
        var answer = await connection.CallAsync<CreateExperimentRequest, CreateExperimentResponse>(
            Endpoints.CreateExperiment, new() { Name = name, ArtifactLocation = WireText.OrNull(artifactLocation), Tags = KeyValueMessage.From(tags) }, cancellationToken);
        return answer.ExperimentId ?? throw connection.Incomplete(Endpoints.CreateExperiment);
    }

    public async Task<Experiment> GetExperimentAsync(string experimentId, CancellationToken cancellationToken = default)
    {
        var answer = await connection.CallAsync<ExperimentIdRequest, ExperimentResponse>(
            Endpoints.GetExperiment, new() { ExperimentId = experimentId }, cancellationToken);
        return answer.Experiment?.ToEntity() ?? throw connection.Incomplete(Endpoints.GetExperiment);
    }

    public async Task<Experiment?> GetExperimentByNameAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            var answer = await connection.CallAsync<GetExperimentByNameRequest, ExperimentResponse>(
                Endpoints.GetExperimentByName, new() { ExperimentName = name }, cancellationToken);
            return answer.Experiment?.ToEntity() ?? throw connection.Incomplete(Endpoints.GetExperimentByName);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            return null;
        }
    }

    public async Task<PagedList<Experiment>> SearchExperimentsAsync(
        string? filter, ViewType viewType, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default)
    {
        var request = new SearchExperimentsRequest
        {
            ViewType = viewType,
            MaxResults = maxResults,
            Filter = WireText.OrNull(filter),
            OrderBy = NotEmpty(orderBy),
            PageToken = WireText.OrNull(pageToken),
        };
        var answer = await connection.SearchAsync<SearchExperimentsRequest, SearchExperimentsResponse>(
            Endpoints.SearchExperiments, request, Check(SearchSchema.Experiments, filter, orderBy), cancellationToken);
        return new([.. (answer.Experiments ?? []).Select(experiment => experiment.ToEntity())], WireText.OrNull(answer.NextPageToken));
    }

    public Task DeleteExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.DeleteExperiment, new ExperimentIdRequest { ExperimentId = experimentId }, cancellationToken);

    public Task RestoreExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.RestoreExperiment, new ExperimentIdRequest { ExperimentId = experimentId }, cancellationToken);

    public async Task RenameExperimentAsync(string experimentId, string newName, CancellationToken cancellationToken = default)
    {
        // MLflow's server takes a missing name for "leave it as it is".
        EntityValidator.CheckExperimentName(newName);
        try
        {
            await connection.CallAsync(Endpoints.UpdateExperiment, new UpdateExperimentRequest { ExperimentId = experimentId, NewName = newName }, cancellationToken);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.BadRequest && error.Message.Contains("unique", StringComparison.OrdinalIgnoreCase))
        {
            // What MLflow's server says is its database's complaint.
            throw new MlflowException($"Experiment(name={newName}) already exists. Choose another name. {error.Message}", ErrorCode.ResourceAlreadyExists, error);
        }
    }

    public Task SetExperimentTagAsync(string experimentId, string key, string value, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.SetExperimentTag, new ExperimentTagRequest { ExperimentId = experimentId, Key = key, Value = value }, cancellationToken);

    public Task DeleteExperimentTagAsync(string experimentId, string key, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.DeleteExperimentTag, new ExperimentTagRequest { ExperimentId = experimentId, Key = key }, cancellationToken);

    public async Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(IReadOnlyList<string> experimentIds, CancellationToken cancellationToken = default)
    {
        // MLflow's server refuses the question about no experiment.
        if (experimentIds.Count == 0)
            return [];
        var answer = await connection.CallAsync<SearchDatasetsRequest, SearchDatasetsResponse>(
            Endpoints.SearchDatasets, new() { ExperimentIds = experimentIds }, cancellationToken);
        return [.. (answer.DatasetSummaries ?? []).Select(summary => summary.ToEntity())];
    }

    /// <summary>Reads a filter and an order by MLflow's grammar.</summary>
    internal static Action Check(SearchSchema schema, string? filter, IReadOnlyList<string>? orderBy) => () =>
    {
        var parser = new SearchParser(schema);
        parser.ParseFilter(filter);
        parser.ParseOrderBy(orderBy);
    };

    private static IReadOnlyList<string>? NotEmpty(IReadOnlyList<string>? items) => items is { Count: > 0 } ? items : null;
}
