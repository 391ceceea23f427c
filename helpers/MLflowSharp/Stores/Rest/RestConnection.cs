using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MLflowSharp.Protocol;

namespace MLflowSharp.Stores.Rest;

/// <summary>
/// One client's connections to a tracking server: sends messages, repeats what failed for a moment, and turns everything else into errors that
/// say what to do. The tracking store, the registry store and the artifacts of a client share one. Safe for several threads.
/// </summary>
/// <remarks>
/// Every call is repeated, also a POST, as MLflow's client does: nearly all are the same when done twice (a parameter of the same value is accepted,
/// tags are replaced, databases drop a metric point that is there, and of servers over files it is asked first which are). When the answer to a call that creates was lost, MLflow's server has no way to
/// recognise the repetition: create-run and model-versions/create then leave an empty run or a version too many, which loses nothing; for names
/// that must be unique the error says that the first attempt may have succeeded; a deletion that finds nothing the second time has succeeded.
/// </remarks>
internal sealed partial class RestConnection : IDisposable
{
    /// <summary>The newest MLflow whose protocol this client was tested with; sent as X-MLflow-Client-Version.</summary>
    private const string MlflowVersion = "3.17.2";

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly string UserAgent = string.Create(
        CultureInfo.InvariantCulture, $"mlflow-dotnet-client/{typeof(RestConnection).Assembly.GetName().Version?.ToString(3) ?? "0"}");

    private readonly HttpClient _http;
    private readonly HttpSettings _settings;
    private readonly RetryPolicy _retries;
    private readonly RestErrors _errors;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;

    public RestConnection(string uri, MlflowClientOptions options)
    {
        Address = RestAddress.Parse(uri);
        _settings = HttpSettings.Resolve(Address, options.Http);
        _retries = new RetryPolicy(_settings, options.TimeProvider, options.Random);
        _errors = new RestErrors(Address, _settings);
        _time = options.TimeProvider;
        _warn = options.Warn;
        var handler = options.Http.Handler ?? RestHandler.Create(Address, _settings, options.Http);
        _http = new HttpClient(handler, disposeHandler: options.Http.Handler is null)
        {
            BaseAddress = Address.BaseUri,
            // Each attempt has its own limit, by the clock that was injected.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Add("User-Agent", UserAgent);
        _http.DefaultRequestHeaders.Add("X-MLflow-Client-Version", MlflowVersion);
        _http.DefaultRequestHeaders.Accept.Add(new("*/*"));
        _http.DefaultRequestHeaders.Authorization = _settings.Authorization;
    }

    public RestAddress Address { get; }

    /// <summary>Calls the server and reads its answer.</summary>
    /// <param name="endpoint">What to call.</param>
    /// <param name="request">The message: the query of a GET, the body of everything else.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="values">What replaces the braces in the endpoint's path.</param>
    public Task<TResponse> CallAsync<TRequest, TResponse>(
        Endpoint endpoint, TRequest request, CancellationToken cancellationToken, params string[] values)
        where TRequest : class
        where TResponse : class, new() => CallAsync<TRequest, TResponse>(endpoint, request, endpoint.RouteOf(values), doubt: null, reconsider: null, cancellationToken);

    /// <summary>
    /// Searches. What MLflow's parsers do not foresee in a filter or an order is a fault of its server: often a 500, at which every client would try
    /// again for minutes, or what its database says. So the question is read here as well: the server has the last word, but where both refuse it, ours is the error.
    /// </summary>
    /// <param name="endpoint">What to call.</param>
    /// <param name="request">The message.</param>
    /// <param name="check">Reads the question, and refuses what it does not understand.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<TResponse> SearchAsync<TRequest, TResponse>(Endpoint endpoint, TRequest request, Action check, CancellationToken cancellationToken)
        where TRequest : class
        where TResponse : class, new()
    {
        MlflowException? doubt = null;
        try
        {
            check();
        }
        catch (MlflowException error)
        {
            doubt = error;
        }

        return await CallAsync<TRequest, TResponse>(endpoint, request, endpoint.Route, doubt, reconsider: null, cancellationToken);
    }

    private async Task<TResponse> CallAsync<TRequest, TResponse>(
        Endpoint endpoint, TRequest request, string route, MlflowException? doubt, Func<CancellationToken, Task<TRequest?>>? reconsider, CancellationToken cancellationToken)
        where TRequest : class
        where TResponse : class, new()
    {
        await RequireWorkspaceAsync(cancellationToken);
        var isGet = endpoint.Method == HttpMethod.Get;
        var target = isGet ? route + ProtocolQuery.Write(request) : route;
        var body = isGet || typeof(TRequest) == typeof(EmptyMessage) ? null : ProtocolJson.Write(request);
        var answer = await SendAsync(
            () => NewRequest(endpoint.Method, target, body), $"{endpoint.Method} {route}", cancellationToken, repeatInternalErrors: doubt is null,
            reconsider is null ? null : ReconsiderAsync);
        if (answer is null)
            return new TResponse();
        if (answer.Status != HttpStatusCode.OK)
        {
            var version = RestErrors.IsMissing(answer) && endpoint.Since != Endpoint.Oldest ? await FindVersionAsync(cancellationToken) : null;
            var error = _errors.FromAnswer(endpoint, route, answer, version);
            if (IsDoneAlready(endpoint, answer, error))
                return new TResponse();
            throw doubt is not null && error.ErrorCode is ErrorCode.InternalError or ErrorCode.BadRequest ? doubt : error;
        }

        try
        {
            return ProtocolJson.Read<TResponse>(answer.Body);
        }
        catch (JsonException error)
        {
            throw _errors.FromUnreadable(endpoint, route, answer, error);
        }

        async Task<bool> ReconsiderAsync()
        {
            if (await reconsider(cancellationToken) is not { } rest)
                return false;
            body = ProtocolJson.Write(rest);
            return true;
        }
    }

    /// <summary>Calls the server when nothing but success is of interest.</summary>
    public Task CallAsync<TRequest>(Endpoint endpoint, TRequest request, CancellationToken cancellationToken, params string[] values)
        where TRequest : class => CallAsync<TRequest, EmptyMessage>(endpoint, request, cancellationToken, values);

    /// <summary>Calls the server with a message that must not be repeated blindly.</summary>
    /// <param name="endpoint">What to call.</param>
    /// <param name="request">The message.</param>
    /// <param name="reconsider">Says, when an attempt may have done something although no answer says so, what is left to do; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task CallOnceAsync<TRequest>(Endpoint endpoint, TRequest request, Func<CancellationToken, Task<TRequest?>> reconsider, CancellationToken cancellationToken)
        where TRequest : class => CallAsync<TRequest, EmptyMessage>(endpoint, request, endpoint.Route, doubt: null, reconsider, cancellationToken);

    /// <summary>The error of an answer that lacks what it must have; it came from something that is not MLflow.</summary>
    public MlflowException Incomplete(Endpoint endpoint) => _errors.FromIncomplete(endpoint);

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage NewRequest(HttpMethod method, string target, byte[]? body)
    {
        // With its length: MLflow's server takes a chunked body for an empty one.
        var request = new HttpRequestMessage(method, target) { Content = body is null ? null : new ByteArrayContent(body) };
        if (request.Content is not null)
            request.Content.Headers.ContentType = Json;
        if (_settings.Workspace is { } workspace)
            request.Headers.Add("X-MLFLOW-WORKSPACE", workspace);
        return request;
    }

    /// <summary>What is to be deleted and is gone after a lost answer, the first attempt deleted.</summary>
    private static bool IsDoneAlready(Endpoint endpoint, RestAnswer answer, MlflowException error) =>
        answer.MayHaveBeenDone
        && error.ErrorCode == ErrorCode.ResourceDoesNotExist
        && (endpoint.Method == HttpMethod.Delete || endpoint == Endpoints.DeleteTag || endpoint == Endpoints.DeleteExperimentTag);
}
