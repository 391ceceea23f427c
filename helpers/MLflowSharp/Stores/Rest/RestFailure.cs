namespace MLflowSharp.Stores.Rest;

/// <summary>An attempt that got no answer.</summary>
/// <param name="Error">What happened.</param>
/// <param name="TimedOut">Whether the time for one attempt was over.</param>
internal sealed record RestFailure(Exception Error, bool TimedOut)
{
    public bool MayPass => TimedOut || Error is IOException || Error is HttpRequestException http && RetryPolicy.MayPass(http);

    /// <summary>Whether the server may have received the request: it did not when no connection came about.</summary>
    public bool MayHaveBeenDone => Error is not HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };
}
