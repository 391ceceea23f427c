using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Experiments;

/// <summary>experiments/…</summary>
internal sealed class ExperimentHandlers(ITrackingStore store)
{
    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.CreateExperiment, CreateAsync),
        .. Route.Of(Endpoints.GetExperiment, GetAsync),
        .. Route.Of(Endpoints.GetExperimentByName, GetByNameAsync),
        .. Route.Of(Endpoints.SearchExperiments, SearchAsync),
        .. Route.Of(Endpoints.SearchExperiments with { Method = HttpMethod.Get }, SearchAsync),
        .. Route.Of(Endpoints.DeleteExperiment, DeleteAsync),
        .. Route.Of(Endpoints.RestoreExperiment, RestoreAsync),
        .. Route.Of(Endpoints.UpdateExperiment, UpdateAsync),
        .. Route.Of(Endpoints.SetExperimentTag, SetTagAsync),
        .. Route.Of(Endpoints.DeleteExperimentTag, DeleteTagAsync),
        .. Route.Of(Endpoints.SearchDatasets, SearchDatasetsAsync),
    ];

    private async Task<RestResponse> CreateAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<CreateExperimentRequest>(["name"], cancellationToken);
        var id = await store.CreateExperimentAsync(request.Name!, WireText.OrNull(request.ArtifactLocation), KeyValueMessage.ToMap(request.Tags), cancellationToken);
        return Answers.Json(new CreateExperimentResponse { ExperimentId = id });
    }

    private async Task<RestResponse> GetAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<ExperimentIdRequest>(["experiment_id"], cancellationToken);
        return Answers.Json(new ExperimentResponse { Experiment = ToMessage(await store.GetExperimentAsync(request.ExperimentId!, cancellationToken)) });
    }

    private async Task<RestResponse> GetByNameAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<GetExperimentByNameRequest>(["experiment_name"], cancellationToken);
        var experiment = await store.GetExperimentByNameAsync(request.ExperimentName!, cancellationToken)
            ?? throw MlflowException.Missing($"Could not find experiment with name '{request.ExperimentName}'");
        return Answers.Json(new ExperimentResponse { Experiment = ToMessage(experiment) });
    }

    private async Task<RestResponse> SearchAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<SearchExperimentsRequest>(cancellationToken);
        // MLflow's message has no default here, so it has to be given.
        var found = await store.SearchExperimentsAsync(
            request.Filter, request.ViewType ?? ViewType.ActiveOnly, Clamp(request.MaxResults ?? 0), request.OrderBy, WireText.OrNull(request.PageToken), cancellationToken);
        return Answers.Json(new SearchExperimentsResponse
        {
            Experiments = found.Count == 0 ? null : [.. found.Select(ToMessage)],
            NextPageToken = found.Token,
        });
    }

    private async Task<RestResponse> DeleteAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<ExperimentIdRequest>(["experiment_id"], cancellationToken);
        await store.DeleteExperimentAsync(request.ExperimentId!, cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> RestoreAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<ExperimentIdRequest>(["experiment_id"], cancellationToken);
        await store.RestoreExperimentAsync(request.ExperimentId!, cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> UpdateAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<UpdateExperimentRequest>(["experiment_id", "new_name"], cancellationToken);
        await store.RenameExperimentAsync(request.ExperimentId!, request.NewName!, cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> SetTagAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<ExperimentTagRequest>(["experiment_id", "key"], cancellationToken);
        await store.SetExperimentTagAsync(request.ExperimentId!, request.Key!, request.Value ?? "", cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> DeleteTagAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<ExperimentTagRequest>(["experiment_id", "key"], cancellationToken);
        await store.DeleteExperimentTagAsync(request.ExperimentId!, request.Key!, cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> SearchDatasetsAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<SearchDatasetsRequest>(cancellationToken);
        var found = await store.SearchDatasetsAsync(request.ExperimentIds ?? [], cancellationToken);
        return Answers.Json(new SearchDatasetsResponse { DatasetSummaries = found.Count == 0 ? null : [.. found.Select(DatasetSummaryMessage.From)] });
    }

    /// <summary>A number for the stores, which check it: what does not fit is far outside anyway.</summary>
    public static int Clamp(long number) => (int)Math.Clamp(number, int.MinValue, int.MaxValue);

    // Servers since MLflow 3.10 name the workspace; there is one here.
    private static ExperimentMessage ToMessage(Experiment experiment)
    {
        var message = ExperimentMessage.From(experiment);
        message.Workspace = "default";
        return message;
    }
}
