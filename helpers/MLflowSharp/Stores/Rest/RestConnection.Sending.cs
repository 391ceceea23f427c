using System.Globalization;
using System.Net;
using System.Text.Json;
using MLflowSharp.Protocol;

namespace MLflowSharp.Stores.Rest;

internal sealed partial class RestConnection
{
    // Shorter waits are no news.
    private static readonly TimeSpan WaitWorthAWarning = TimeSpan.FromSeconds(2);

    private Task? _workspaceChecked;

    /// <summary>Sends a request, again and again while its failure may pass.</summary>
    /// <param name="create">Makes the request; a request can be sent once only.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="repeatInternalErrors">Whether the status 500 may pass.</param>
    /// <param name="reconsider">Asked before a repetition of what may have been done, at least in part: whether something is left to do.</param>
    /// <returns>The answer; null when there was none and nothing is left to do.</returns>
    /// <exception cref="MlflowException">No answer came.</exception>
    private async Task<RestAnswer?> SendAsync(
        Func<HttpRequestMessage> create, string name, CancellationToken cancellationToken, bool repeatInternalErrors = true, Func<Task<bool>>? reconsider = null)
    {
        var mayHaveBeenDone = false;
        for (var failures = 1; ; failures++)
        {
            var (answer, failure, delay) = await TryAsync(create, failures, mayHaveBeenDone, cancellationToken);
            var mayPass = answer is null ? failure!.MayPass : RetryPolicy.MayPass(answer.Status) && (repeatInternalErrors || answer.Status != HttpStatusCode.InternalServerError);
            if (!mayPass || failures > _retries.MaxRetries)
                return answer ?? throw _errors.FromFailure(name, failure!, failures);
            mayHaveBeenDone |= failure?.MayHaveBeenDone ?? answer!.Status is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout;
            if (delay >= WaitWorthAWarning)
            {
                var reason = failure is null ? $"answered {(int)answer!.Status}" : RestErrors.Reason(failure);
                _warn(_settings.Redact(string.Create(
                    CultureInfo.InvariantCulture,
                    $"MLflow server {Address.Display}: {name} {reason}. Trying again in {delay.TotalSeconds:0} s (attempt {failures + 1} of {_retries.MaxRetries + 1}).")));
            }

            await Task.Delay(delay, _time, cancellationToken);
            if (reconsider is not null && (mayHaveBeenDone || answer?.Status == HttpStatusCode.InternalServerError) && !await reconsider())
                return null;
        }
    }

    private async Task<(RestAnswer? Answer, RestFailure? Failure, TimeSpan Delay)> TryAsync(
        Func<HttpRequestMessage> create, int attempt, bool mayHaveBeenDone, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_settings.Timeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = create();
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return (await RestAnswer.ReadAsync(response, mayHaveBeenDone, limit.Token), null, _retries.DelayAfter(attempt, response));
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new RestFailure(error, timeout.IsCancellationRequested), _retries.DelayAfter(attempt, null));
        }
        catch (Exception error) when (error is not OperationCanceledException and not MlflowException and not ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, new RestFailure(error, TimedOut: false), _retries.DelayAfter(attempt, null));
        }
    }

    /// <summary>The server's version, for a message; null when it does not say.</summary>
    private async Task<string?> FindVersionAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(3), _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await _http.GetAsync(new Uri("version", UriKind.Relative), limit.Token);
            var text = response.IsSuccessStatusCode ? (await response.Content.ReadAsStringAsync(limit.Token)).Trim() : "";
            return text.Length is > 0 and < 40 && char.IsAsciiDigit(text[0]) ? text : null;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <summary>Refuses a workspace that the server does not know: a server without workspaces would mix its data with everybody's.</summary>
    private Task RequireWorkspaceAsync(CancellationToken cancellationToken)
    {
        if (_settings.Workspace is null || _workspaceChecked is { IsCompletedSuccessfully: true })
            return Task.CompletedTask;
        return CheckAsync();

        async Task CheckAsync()
        {
            var route = Endpoints.ServerInfo.Route;
            var answer = (await SendAsync(() => NewRequest(HttpMethod.Get, route, null), $"GET {route}", cancellationToken))!;
            if (!HasWorkspaces(answer))
            {
                if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.NotFound))
                    throw _errors.FromAnswer(Endpoints.ServerInfo, route, answer, version: null);
                throw new MlflowException(
                    $"The workspace '{_settings.Workspace}' cannot be used: the server {Address.Display} has no workspaces. "
                    + "Start it with --enable-workspaces (MLflow 3.10 or later), or unset MLFLOW_WORKSPACE.",
                    ErrorCode.FeatureDisabled);
            }

            _workspaceChecked = Task.CompletedTask;
        }
    }

    private static bool HasWorkspaces(RestAnswer answer)
    {
        try
        {
            return answer.Status == HttpStatusCode.OK && ProtocolJson.Read<ServerInfoMessage>(answer.Body).WorkspacesEnabled == true;
        }
        catch (JsonException)
        {
            // Something else answers for an MLflow that is too old to know the question.
            return false;
        }
    }
}
