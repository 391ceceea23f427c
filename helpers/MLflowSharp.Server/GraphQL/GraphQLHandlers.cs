using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Server.Runs;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.GraphQL;

/// <summary>POST graphql: the three queries that MLflow's pages make. What fails is an entry in the answer's errors, with the status 200.</summary>
internal sealed class GraphQLHandlers(MlflowStores stores)
{
    private const int MostVersions = 1000;
    private const int MostPoints = 2500;
    private const int MostRuns = 100;

    public IEnumerable<Route> Routes => [new("POST", "/graphql", AnswerAsync)];

    private async Task<RestResponse> AnswerAsync(RestCall call, CancellationToken cancellationToken)
    {
        var (query, operation, variables) = Read(await call.ReadBodyAsync(cancellationToken));
        var data = new JsonObject();
        var errors = new JsonArray();
        foreach (var field in SelectionParser.Parse(query, operation))
        {
            try
            {
                data[field.Alias] = SelectedField.Select(await ResolveAsync(field.Name, Input(variables), cancellationToken), field.Fields);
            }
            catch (MlflowException error)
            {
                data[field.Alias] = null;
                errors.Add((JsonNode)error.Message);
            }
        }

        return Answers.CompactJson(new JsonObject { ["data"] = data, ["errors"] = errors.Count == 0 ? null : errors });
    }

    private Task<JsonObject> ResolveAsync(string name, JsonObject input, CancellationToken cancellationToken) => name switch
    {
        "mlflowGetExperiment" => ExperimentAsync(Text(input, "experimentId"), cancellationToken),
        "mlflowGetRun" => RunAsync(Text(input, "runId"), cancellationToken),
        "mlflowGetMetricHistoryBulkInterval" => HistoryAsync(input, cancellationToken),
        _ => throw new MlflowException($"Cannot query field '{name}'. Use the REST interface instead.", ErrorCode.BadRequest),
    };

    private async Task<JsonObject> ExperimentAsync(string id, CancellationToken cancellationToken) => new()
    {
        ["__typename"] = "MlflowGetExperimentResponse",
        ["experiment"] = GraphEntities.Of(await stores.Tracking.GetExperimentAsync(id, cancellationToken)),
    };

    private async Task<JsonObject> RunAsync(string id, CancellationToken cancellationToken)
    {
        var run = await RunHandlers.FindAsync(stores.Tracking, id, cancellationToken);
        var experiment = await stores.Tracking.GetExperimentAsync(run.Info.ExperimentId, cancellationToken);
        var versions = await stores.Registry.SearchModelVersionsAsync($"run_id = '{run.Info.RunId}'", MostVersions, null, null, cancellationToken);
        return new() { ["__typename"] = "MlflowGetRunResponse", ["run"] = GraphEntities.Of(run, experiment, versions) };
    }

    private async Task<JsonObject> HistoryAsync(JsonObject input, CancellationToken cancellationToken)
    {
        var runs = (input["runIds"] as JsonArray ?? []).Select(run => run!.ToString()).ToList();
        if (runs.Count is 0 or > MostRuns)
            throw MlflowException.Invalid($"Give 1 to {MostRuns} runIds.");
        var points = await stores.Tracking.GetMetricHistoryIntervalAsync(
            runs, Text(input, "metricKey"), (int)Math.Clamp(Whole(input, "maxResults") ?? MostPoints, 1, MostPoints), Whole(input, "startStep"), Whole(input, "endStep"), cancellationToken);
        return new() { ["__typename"] = "MlflowGetMetricHistoryBulkIntervalResponse", ["metrics"] = GraphEntities.List(points, point => GraphEntities.Of(point, "MlflowMetricWithRunId")) };
    }

    private static (string Query, string? Operation, JsonObject Variables) Read(ReadOnlyMemory<byte> body)
    {
        JsonText.Check(body.Span);
        try
        {
            var request = JsonNode.Parse(body.Span) as JsonObject;
            if (request?["query"]?.GetValueKind() == JsonValueKind.String)
                return ((string)request["query"]!, request["operationName"]?.ToString(), request["variables"] as JsonObject ?? []);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new MlflowException($"The GraphQL request is not valid JSON: {error.Message}", ErrorCode.BadRequest, error);
        }

        throw new MlflowException("A GraphQL request needs a text 'query'.", ErrorCode.BadRequest);
    }

    /// <summary>The one variable of each of the operations.</summary>
    private static JsonObject Input(JsonObject variables) => variables.Select(variable => variable.Value).OfType<JsonObject>().FirstOrDefault() ?? variables;

    private static string Text(JsonObject input, string name) =>
        input[name]?.ToString() is { Length: > 0 } text ? text : throw MlflowException.Invalid($"Missing value for required parameter '{name}'.");

    private static long? Whole(JsonObject input, string name) => input[name] is not { } value
        ? null
        : long.TryParse(value.ToString(), out var number) ? number : throw MlflowException.Invalid($"Invalid value for parameter '{name}': a whole number is needed.");
}
