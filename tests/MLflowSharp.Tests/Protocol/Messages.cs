using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MLflowSharp.Protocol;

namespace MLflowSharp.Tests.Protocol;

/// <summary>Which message goes with which call.</summary>
internal static class Messages
{
    private static readonly Dictionary<Endpoint, (Message Request, Message Response)> ByEndpoint = new()
    {
        [Endpoints.CreateExperiment] = Pair<CreateExperimentRequest, CreateExperimentResponse>(),
        [Endpoints.GetExperiment] = Pair<ExperimentIdRequest, ExperimentResponse>(),
        [Endpoints.GetExperimentByName] = Pair<GetExperimentByNameRequest, ExperimentResponse>(),
        [Endpoints.SearchExperiments] = Pair<SearchExperimentsRequest, SearchExperimentsResponse>(),
        [Endpoints.SearchExperiments with { Method = HttpMethod.Get }] = Pair<SearchExperimentsRequest, SearchExperimentsResponse>(),
        [Endpoints.DeleteExperiment] = Pair<ExperimentIdRequest, EmptyMessage>(),
        [Endpoints.RestoreExperiment] = Pair<ExperimentIdRequest, EmptyMessage>(),
        [Endpoints.UpdateExperiment] = Pair<UpdateExperimentRequest, EmptyMessage>(),
        [Endpoints.SetExperimentTag] = Pair<ExperimentTagRequest, EmptyMessage>(),
        [Endpoints.DeleteExperimentTag] = Pair<ExperimentTagRequest, EmptyMessage>(),
        [Endpoints.SearchDatasets with { OnlyForPages = false }] = Pair<SearchDatasetsRequest, SearchDatasetsResponse>(),
        [Endpoints.CreateRun] = Pair<CreateRunRequest, RunResponse>(),
        [Endpoints.GetRun] = Pair<RunIdRequest, RunResponse>(),
        [Endpoints.UpdateRun] = Pair<UpdateRunRequest, UpdateRunResponse>(),
        [Endpoints.DeleteRun] = Pair<RunIdRequest, EmptyMessage>(),
        [Endpoints.RestoreRun] = Pair<RunIdRequest, EmptyMessage>(),
        [Endpoints.SearchRuns] = Pair<SearchRunsRequest, SearchRunsResponse>(),
        [Endpoints.LogMetric] = Pair<LogMetricRequest, EmptyMessage>(),
        [Endpoints.LogParam] = Pair<RunKeyValueRequest, EmptyMessage>(),
        [Endpoints.SetTag] = Pair<RunKeyValueRequest, EmptyMessage>(),
        [Endpoints.DeleteTag] = Pair<RunKeyValueRequest, EmptyMessage>(),
        [Endpoints.LogBatch] = Pair<LogBatchRequest, EmptyMessage>(),
        [Endpoints.LogModel] = Pair<LogModelRequest, EmptyMessage>(),
        [Endpoints.LogInputs] = Pair<LogInputsRequest, EmptyMessage>(),
        [Endpoints.LogOutputs] = Pair<LogOutputsRequest, EmptyMessage>(),
        [Endpoints.GetMetricHistory] = Pair<GetMetricHistoryRequest, MetricHistoryResponse>(),
        [Endpoints.GetMetricHistoryBulk] = Pair<GetMetricHistoryBulkRequest, MetricHistoryResponse>(),
        [Endpoints.GetMetricHistoryInterval with { OnlyForPages = true }] = Pair<GetMetricHistoryIntervalRequest, MetricHistoryResponse>(),
        [Endpoints.CreateLoggedModel] = Pair<CreateLoggedModelRequest, LoggedModelResponse>(),
        [Endpoints.SearchLoggedModels] = Pair<SearchLoggedModelsRequest, SearchLoggedModelsResponse>(),
        [Endpoints.GetLoggedModel] = Pair<EmptyMessage, LoggedModelResponse>(),
        [Endpoints.FinalizeLoggedModel] = Pair<FinalizeLoggedModelRequest, LoggedModelResponse>(),
        [Endpoints.DeleteLoggedModel] = Pair<DeleteLoggedModelRequest, EmptyMessage>(),
        [Endpoints.SetLoggedModelTags] = Pair<SetLoggedModelTagsRequest, EmptyMessage>(),
        [Endpoints.DeleteLoggedModelTag] = Pair<EmptyMessage, EmptyMessage>(),
        [Endpoints.CreateRegisteredModel] = Pair<CreateRegisteredModelRequest, RegisteredModelResponse>(),
        [Endpoints.RenameRegisteredModel] = Pair<RenameRegisteredModelRequest, RegisteredModelResponse>(),
        [Endpoints.UpdateRegisteredModel] = Pair<UpdateRegisteredModelRequest, RegisteredModelResponse>(),
        [Endpoints.DeleteRegisteredModel] = Pair<RegisteredModelNameRequest, EmptyMessage>(),
        [Endpoints.GetRegisteredModel] = Pair<RegisteredModelNameRequest, RegisteredModelResponse>(),
        [Endpoints.SearchRegisteredModels] = Pair<RegistrySearchRequest, SearchRegisteredModelsResponse>(),
        [Endpoints.GetLatestVersions] = Pair<GetLatestVersionsRequest, ModelVersionsResponse>(),
        [Endpoints.SetRegisteredModelTag] = Pair<RegisteredModelTagRequest, EmptyMessage>(),
        [Endpoints.DeleteRegisteredModelTag] = Pair<RegisteredModelTagRequest, EmptyMessage>(),
        [Endpoints.SetRegisteredModelAlias] = Pair<RegisteredModelAliasRequest, EmptyMessage>(),
        [Endpoints.DeleteRegisteredModelAlias] = Pair<RegisteredModelAliasRequest, EmptyMessage>(),
        [Endpoints.GetModelVersionByAlias] = Pair<RegisteredModelAliasRequest, ModelVersionResponse>(),
        [Endpoints.CreateModelVersion] = Pair<CreateModelVersionRequest, ModelVersionResponse>(),
        [Endpoints.UpdateModelVersion] = Pair<UpdateModelVersionRequest, ModelVersionResponse>(),
        [Endpoints.TransitionStage] = Pair<TransitionStageRequest, ModelVersionResponse>(),
        [Endpoints.DeleteModelVersion] = Pair<ModelVersionRequest, EmptyMessage>(),
        [Endpoints.GetModelVersion] = Pair<ModelVersionRequest, ModelVersionResponse>(),
        [Endpoints.SearchModelVersions] = Pair<RegistrySearchRequest, ModelVersionsResponse>(),
        [Endpoints.GetDownloadUri] = Pair<ModelVersionRequest, DownloadUriResponse>(),
        [Endpoints.SetModelVersionTag] = Pair<ModelVersionTagRequest, EmptyMessage>(),
        [Endpoints.DeleteModelVersionTag] = Pair<ModelVersionTagRequest, EmptyMessage>(),
        [Endpoints.ListArtifacts] = Pair<ListArtifactsRequest, ListArtifactsResponse>(),
        [Endpoints.ListProxiedArtifacts] = Pair<ListProxiedArtifactsRequest, ListArtifactsResponse>(),
        [Endpoints.ServerInfo] = Pair<EmptyMessage, ServerInfoMessage>(),
    };

    private static readonly Dictionary<Endpoint, Func<byte[], JsonNode>> Entities = new()
    {
        [Endpoints.GetExperiment] = Through<ExperimentResponse>(answer => answer.Experiment = ExperimentMessage.From(answer.Experiment!.ToEntity())),
        [Endpoints.SearchExperiments] = Through<SearchExperimentsResponse>(answer => answer.Experiments = [.. answer.Experiments!.Select(item => ExperimentMessage.From(item.ToEntity()))]),
        [Endpoints.CreateRun] = Through<RunResponse>(answer => answer.Run = RunMessage.From(answer.Run!.ToEntity())),
        [Endpoints.GetRun] = Through<RunResponse>(answer => answer.Run = RunMessage.From(answer.Run!.ToEntity())),
        [Endpoints.UpdateRun] = Through<UpdateRunResponse>(answer => answer.RunInfo = RunInfoMessage.From(answer.RunInfo!.ToEntity())),
        [Endpoints.SearchRuns] = Through<SearchRunsResponse>(answer => answer.Runs = answer.Runs is null ? null : [.. answer.Runs.Select(item => RunMessage.From(item.ToEntity()))]),
        [Endpoints.GetMetricHistory] = Through<MetricHistoryResponse>(answer => answer.Metrics = MetricMessage.From(MetricMessage.ToEntities(answer.Metrics))),
        [Endpoints.CreateLoggedModel] = Through<LoggedModelResponse>(answer => answer.Model = LoggedModelMessage.From(answer.Model!.ToEntity())),
        [Endpoints.GetLoggedModel] = Through<LoggedModelResponse>(answer => answer.Model = LoggedModelMessage.From(answer.Model!.ToEntity())),
        [Endpoints.FinalizeLoggedModel] = Through<LoggedModelResponse>(answer => answer.Model = LoggedModelMessage.From(answer.Model!.ToEntity())),
        [Endpoints.SearchLoggedModels] = Through<SearchLoggedModelsResponse>(answer => answer.Models = [.. answer.Models!.Select(item => LoggedModelMessage.From(item.ToEntity()))]),
        [Endpoints.CreateRegisteredModel] = Through<RegisteredModelResponse>(answer => answer.RegisteredModel = RegisteredModelMessage.From(answer.RegisteredModel!.ToEntity())),
        [Endpoints.GetRegisteredModel] = Through<RegisteredModelResponse>(answer => answer.RegisteredModel = RegisteredModelMessage.From(answer.RegisteredModel!.ToEntity())),
        [Endpoints.RenameRegisteredModel] = Through<RegisteredModelResponse>(answer => answer.RegisteredModel = RegisteredModelMessage.From(answer.RegisteredModel!.ToEntity())),
        [Endpoints.UpdateRegisteredModel] = Through<RegisteredModelResponse>(answer => answer.RegisteredModel = RegisteredModelMessage.From(answer.RegisteredModel!.ToEntity())),
        [Endpoints.SearchRegisteredModels] = Through<SearchRegisteredModelsResponse>(answer => answer.RegisteredModels = [.. answer.RegisteredModels!.Select(item => RegisteredModelMessage.From(item.ToEntity()))]),
        [Endpoints.CreateModelVersion] = Through<ModelVersionResponse>(answer => answer.ModelVersion = ModelVersionMessage.From(answer.ModelVersion!.ToEntity())),
        [Endpoints.GetModelVersion] = Through<ModelVersionResponse>(answer => answer.ModelVersion = ModelVersionMessage.From(answer.ModelVersion!.ToEntity())),
        [Endpoints.GetModelVersionByAlias] = Through<ModelVersionResponse>(answer => answer.ModelVersion = ModelVersionMessage.From(answer.ModelVersion!.ToEntity())),
        [Endpoints.UpdateModelVersion] = Through<ModelVersionResponse>(answer => answer.ModelVersion = ModelVersionMessage.From(answer.ModelVersion!.ToEntity())),
        [Endpoints.TransitionStage] = Through<ModelVersionResponse>(answer => answer.ModelVersion = ModelVersionMessage.From(answer.ModelVersion!.ToEntity())),
        [Endpoints.SearchModelVersions] = Through<ModelVersionsResponse>(answer => answer.ModelVersions = [.. answer.ModelVersions!.Select(item => ModelVersionMessage.From(item.ToEntity()))]),
        [Endpoints.GetLatestVersions] = Through<ModelVersionsResponse>(answer => answer.ModelVersions = [.. answer.ModelVersions!.Select(item => ModelVersionMessage.From(item.ToEntity()))]),
        [Endpoints.ListArtifacts] = Through<ListArtifactsResponse>(answer => answer.Files = answer.Files is null ? null : [.. answer.Files.Select(item => FileInfoMessage.From(item.ToEntity()))]),
        [Endpoints.ListProxiedArtifacts] = Through<ListArtifactsResponse>(answer => answer.Files = [.. answer.Files!.Select(item => FileInfoMessage.From(item.ToEntity()))]),
    };

    public static Message? RequestOf(string method, string route) => Find(ByEndpoint, method, route)?.Request;

    public static Message? ResponseOf(string method, string route, int status) =>
        status == 200 ? Find(ByEndpoint, method, route)?.Response : Message.Of<ErrorMessage>();

    public static Func<byte[], JsonNode>? ThroughEntities(string method, string route) =>
        Entities.FirstOrDefault(item => Fits(item.Key, method, route)).Value;

    private static (Message Request, Message Response)? Find(Dictionary<Endpoint, (Message, Message)> all, string method, string route)
    {
        foreach (var (endpoint, pair) in all)
        {
            if (Fits(endpoint, method, route))
                return pair;
        }

        return null;
    }

    private static bool Fits(Endpoint endpoint, string method, string route) =>
        endpoint.Method.Method == method && Regex.IsMatch(route, $"^{Regex.Replace(endpoint.Route, @"\{\w+\}", "[^/]+").Replace(".", @"\.", StringComparison.Ordinal)}$");

    private static (Message, Message) Pair<TRequest, TResponse>()
        where TRequest : class, new()
        where TResponse : class, new() => (Message.Of<TRequest>(), Message.Of<TResponse>());

    private static Func<byte[], JsonNode> Through<T>(Action<T> convert)
        where T : class, new() => body =>
        {
            var answer = ProtocolJson.Read<T>(body);
            convert(answer);
            return JsonNode.Parse(ProtocolJson.Write(answer))!;
        };
}
