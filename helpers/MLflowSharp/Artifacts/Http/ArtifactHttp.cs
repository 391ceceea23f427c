using System.Net;
using System.Net.Http.Headers;
using MLflowSharp.Protocol;
using MLflowSharp.Stores.Rest;

namespace MLflowSharp.Artifacts.Http;

/// <summary>
/// Requests for files: with the client's settings for HTTP, but with bodies and answers that are never in memory whole, and with a limit on how
/// long a connection may stand still instead of how long a request may take.
/// </summary>
internal sealed class ArtifactHttp : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpSettings _settings;
    private readonly RetryPolicy _retries;
    private readonly RestErrors _errors;
    private readonly TimeProvider _time;

    /// <param name="uri">The server's address.</param>
    /// <param name="options">The client's settings.</param>
    /// <param name="isTrackingServer">Whether it is the server that the credentials are for. Any other gets only what its own address carries.</param>
    public ArtifactHttp(string uri, MlflowClientOptions options, bool isTrackingServer)
    {
        Address = RestAddress.Parse(uri);
        _settings = HttpSettings.Resolve(Address, options.Http);
        _retries = new RetryPolicy(_settings, options.TimeProvider, options.Random);
        _errors = new RestErrors(Address, _settings);
        _time = options.TimeProvider;
        _http = new HttpClient(options.Http.Handler ?? Handler(options), disposeHandler: options.Http.Handler is null) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Accept.Add(new("*/*"));
        _http.DefaultRequestHeaders.Authorization = isTrackingServer ? _settings.Authorization
            : Address.Credential is { } own ? new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{own.UserName}:{own.Password}"))) : null;
        if (isTrackingServer && _settings.Workspace is { } workspace)
            _http.DefaultRequestHeaders.Add("X-MLFLOW-WORKSPACE", workspace);
    }

    public RestAddress Address { get; }

    /// <summary>Sends a request, again and again while its failure may pass.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">Path below the server's address, encoded, with its query; or a whole address.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="content">Makes the body; it is made anew for each attempt.</param>
    /// <param name="headers">Sets headers.</param>
    /// <param name="accepted">Statuses that are answers, besides those of success.</param>
    /// <param name="beforeRetry">Is asked before an answer of 500 is taken for a failure that may pass; throws when it knows better.</param>
    /// <returns>The answer, whose body is still to be read. Dispose it.</returns>
    /// <exception cref="MlflowException">What the server refused, or that it did not answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string target, CancellationToken cancellationToken, Func<HttpContent>? content = null, Action<HttpRequestHeaders>? headers = null,
        IReadOnlyCollection<HttpStatusCode>? accepted = null, Func<Task>? beforeRetry = null)
    {
        var route = target.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 ? target[..query] : target;
        var uri = new Uri(Address.BaseUri, target);
        for (var failures = 1; ; failures++)
        {
            var (response, failure) = await TryAsync(method, uri, content, headers, cancellationToken);
            if (response is not null && (response.IsSuccessStatusCode || accepted?.Contains(response.StatusCode) == true))
                return response;
            var delay = _retries.DelayAfter(failures, response);
            if (response is null)
            {
                if (!failure!.MayPass || failures > _retries.MaxRetries)
                    throw _errors.FromFailure($"{method} {route}", failure, failures);
            }
            else
            {
                using (response)
                {
                    var answer = await RestAnswer.ReadAsync(response, mayHaveBeenDone: false, cancellationToken);
                    // A server that keeps no artifacts says so with 503; it will not have changed its mind in a second.
                    var isFinal = response.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Body.AsSpan().IndexOf("serve-artifacts"u8) >= 0;
                    if (isFinal)
                        throw NoProxy(answer);
                    if (!RetryPolicy.MayPass(response.StatusCode) || failures > _retries.MaxRetries)
                        throw _errors.FromAnswer(new Endpoint(method, route), route, answer, version: null);
                }

                if (beforeRetry is not null && response.StatusCode == HttpStatusCode.InternalServerError)
                    await beforeRetry();
            }

            await Task.Delay(delay, _time, cancellationToken);
        }
    }

    /// <summary>Sends a message of MLflow's and reads its answer.</summary>
    public async Task<TResponse> CallAsync<TResponse>(HttpMethod method, string target, byte[]? message, CancellationToken cancellationToken)
        where TResponse : class, new()
    {
        using var response = await SendAsync(method, target, cancellationToken, message is null ? null : () =>
        {
            var body = new ByteArrayContent(message);
            body.Headers.ContentType = new("application/json");
            return body;
        });
        return await ReadAsync<TResponse>(method, target, response, cancellationToken);
    }

    public async Task<TResponse> ReadAsync<TResponse>(HttpMethod method, string target, HttpResponseMessage response, CancellationToken cancellationToken)
        where TResponse : class, new()
    {
        var answer = await RestAnswer.ReadAsync(response, mayHaveBeenDone: false, cancellationToken);
        try
        {
            return ProtocolJson.Read<TResponse>(answer.Body);
        }
        catch (System.Text.Json.JsonException error)
        {
            throw _errors.FromUnreadable(new Endpoint(method, target), target, answer, error);
        }
    }

    public void Dispose() => _http.Dispose();

    private SocketsHttpHandler Handler(MlflowClientOptions options)
    {
        var handler = RestHandler.Create(Address, _settings, options.Http);
        // A file that is stored compressed is wanted as it is stored.
        handler.AutomaticDecompression = DecompressionMethods.None;
        return handler;
    }

    private async Task<(HttpResponseMessage? Response, RestFailure? Failure)> TryAsync(
        HttpMethod method, Uri uri, Func<HttpContent>? content, Action<HttpRequestHeaders>? headers, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_settings.Timeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = new HttpRequestMessage(method, uri) { Content = content?.Invoke() };
        if (request.Content is UploadContent upload)
            upload.Alive = () => timeout.CancelAfter(_settings.Timeout);
        headers?.Invoke(request.Headers);
        try
        {
            return (await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token), null);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new RestFailure(error, timeout.IsCancellationRequested));
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, new RestFailure(error, TimedOut: false));
        }
    }

    private MlflowException NoProxy(RestAnswer answer) => new(
        $"The server {Address.Display} keeps no artifacts (it answered 503: {_settings.Redact(System.Text.Encoding.UTF8.GetString(answer.Body).Trim())}). "
        + "Start it with --serve-artifacts, or create the experiment with an artifact location that this machine reaches itself, such as s3://bucket/path.",
        ErrorCode.TemporarilyUnavailable);
}
