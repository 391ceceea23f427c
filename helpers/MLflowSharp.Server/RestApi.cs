using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using MLflowSharp.Server.Artifacts;
using MLflowSharp.Server.Experiments;
using MLflowSharp.Server.GraphQL;
using MLflowSharp.Server.Information;
using MLflowSharp.Server.LightPages;
using MLflowSharp.Server.LoggedModels;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Metrics;
using MLflowSharp.Server.Pages;
using MLflowSharp.Server.Polling;
using MLflowSharp.Server.Registry;
using MLflowSharp.Server.Routing;
using MLflowSharp.Server.Runs;
using MLflowSharp.Server.Traces;
using MLflowSharp.Server.Traces.Otlp;
using MLflowSharp.Server.Users;
using MLflowSharp.Stores;

namespace MLflowSharp.Server;

/// <summary>
/// MLflow's REST interface (https://mlflow.org/docs/latest/api_reference/rest-api.html) over any stores, independent of any web server:
/// a request in, an answer out, with the statuses, error codes and bodies of MLflow 3.17. Safe for use from several threads.
/// </summary>
public sealed class RestApi : IDisposable
{
    private readonly RestApiOptions _options;
    private readonly ServedArtifacts _artifacts;
    private readonly RouteTable _routes;

    /// <summary>Makes the interface of some stores, which stay the caller's.</summary>
    /// <param name="stores">Experiments, runs and registered models.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE: there are no pages in <see cref="RestApiOptions.PagesFolder"/>.</exception>
    public RestApi(MlflowStores stores, RestApiOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stores);
        _options = options ?? new RestApiOptions();
        var permissions = _options.Permissions;
        if (permissions is not null)
        {
            var tracking = new PermittedTrackingStore(stores.Tracking, permissions, _options.ArtifactsDestination);
            stores = new(tracking, new PermittedRegistryStore(stores.Registry, tracking, permissions, _options.ArtifactsDestination)) { LeaveOpen = true };
        }

        Remembered = new(_options.CacheBytes, _options.StorageOptions.TimeProvider);
        var polled = new PolledStore(stores.Tracking, Remembered, permissions);
        _artifacts = new(_options.ArtifactsDestination, _options.StorageOptions);
        _routes = new([
            .. new InformationHandlers(_options, _artifacts).Routes,
            .. new PageHandlers(_options.PagesFolder).Routes,
            .. new ExperimentHandlers(stores.Tracking).Routes,
            .. new RunHandlers(stores.Tracking, polled).Routes,
            .. new LoggingHandlers(stores.Tracking).Routes,
            .. new MetricHandlers(stores.Tracking, polled).Routes,
            .. new LoggedModelHandlers(stores.Tracking).Routes,
            .. new RegisteredModelHandlers(stores.Registry).Routes,
            .. new ModelVersionHandlers(stores).Routes,
            .. new TraceHandlers(stores.Tracking, _artifacts).Routes,
            .. new AssessmentHandlers(stores.Tracking).Routes,
            .. new OldTraceHandlers(stores.Tracking).Routes,
            .. new OtlpHandlers(stores.Tracking).Routes,
            .. new ArtifactHandlers(stores, _artifacts, permissions).Routes,
            .. new ProxiedArtifactHandlers(_artifacts, permissions).Routes,
            .. new MultipartHandlers(_artifacts, permissions, _options.PresignedDownloadUrlValidity).Routes,
            .. new PresignedUrlHandlers(stores.Tracking, _artifacts, permissions, _options.PresignedDownloadUrlValidity).Routes,
            .. new GraphQLHandlers(stores).Routes,
            .. permissions is null ? [] : new UserHandlers(permissions).Routes,
            .. permissions is null ? [] : new PermissionHandlers(permissions).Routes,
            .. new LightPageHandlers(stores, _artifacts, _options.StorageOptions.TimeProvider, isFirst: _options.PagesFolder is null).Routes,
        ]);
    }

    /// <summary>What is kept for pages that ask again and again.</summary>
    internal RememberedAnswers Remembered { get; }

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives up, for instance because nobody waits for the answer any more.</param>
    /// <returns>The answer, also for what fails; to be disposed when it is sent.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async Task<RestResponse> HandleAsync(RestRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return await _routes.AnswerAsync(request, cancellationToken);
        }
        catch (Exception error) when (CallersDoing(error) is { } bad)
        {
            if ((bad as BadHttpRequestException)?.StatusCode == StatusCodes.Status413PayloadTooLarge)
                return Answers.TooLarge();
            // What was announced did not come, or not in time: the caller's doing, and nobody may be there to hear of it.
            return Answers.Error(new MlflowException($"The request was not received whole: {bad.Message}", ErrorCode.BadRequest, error));
        }
        catch (MlflowException error)
        {
            // What this server or its storage cannot do is no fault.
            if (error.ErrorCode.ToHttpStatus() >= 500 && error.ErrorCode != ErrorCode.NotImplemented)
                Report(request, error);
            return Answers.Error(error);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it was, the caller hears of it and the server goes on.
            Report(request, error);
            return Answers.Error(new MlflowException(
                "The server failed in a way that it does not know. Its log says more; the same call may succeed later.", ErrorCode.InternalError, error));
        }
    }

    /// <summary>Lets go of connections to storages of artifacts, and of what was kept. The stores stay open.</summary>
    public void Dispose()
    {
        _artifacts.Dispose();
        Remembered.Dispose();
    }

    /// <summary>Why a request did not come whole, which whoever reads it may have wrapped; null for any other error.</summary>
    private static Exception? CallersDoing(Exception? error)
    {
        while (error is not (null or BadHttpRequestException or ConnectionResetException))
            error = error.InnerException;
        return error;
    }

    // The query may hold what nobody else should read, so only the path is told.
    private void Report(RestRequest request, Exception error) => _options.OnError($"{request.Method} {request.Path}: {error}");
}
