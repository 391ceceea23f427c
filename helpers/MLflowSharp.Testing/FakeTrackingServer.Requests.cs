using MLflowSharp.Server;

namespace MLflowSharp.Testing;

public sealed partial class FakeTrackingServer
{
    private readonly Lock _lock = new();
    private readonly FaultPlan _faults = new();
    private readonly List<RecordedRequest> _requests = [];
    private readonly List<string> _errors = [];

    /// <summary>What the server was asked so far, oldest first.</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    /// <summary>What went wrong inside the server without being injected: errors of this package, or of what a test does to it.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_lock)
                return [.. _errors];
        }
    }

    /// <summary>Makes the next requests go wrong. Faults that are injected one after the other come one after the other.</summary>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="times">How many requests get it, 1 or more.</param>
    /// <param name="when">Which requests get it, for instance those whose path ends with <c>log-batch</c>; null for all.</param>
    public void Inject(Fault fault, int times = 1, Func<RestRequest, bool>? when = null)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        _faults.Add(fault, times, when ?? (_ => true));
    }

    /// <summary>Takes back the faults that did not come yet.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <summary>Forgets the requests so far, for instance those of a test's preparation.</summary>
    public void ClearRequests()
    {
        lock (_lock)
            _requests.Clear();
    }

    private async Task<RestResponse> AnswerAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var body = new RecordingStream(request.Body);
        int? status = null;
        try
        {
            var response = await AnswerAsync(request with { Body = body }, _faults.Take(request), cancellationToken);
            status = response.Status;
            return response;
        }
        finally
        {
            Keep(new(request.Method, request.Target, request.Headers, body.Text, status));
        }
    }

    private async Task<RestResponse> AnswerAsync(RestRequest request, Fault? fault, CancellationToken cancellationToken)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Error:
                await ReadAsync(request, cancellationToken);
                return RestResponse.OfError(new MlflowException(fault.Text, fault.Code));
            case FaultKind.Status:
                await ReadAsync(request, cancellationToken);
                var answer = RestResponse.OfText(fault.StatusCode, fault.Text);
                if (fault.RetryAfter is { } seconds)
                    answer.Headers["Retry-After"] = seconds;
                return answer;
            case FaultKind.Cut:
                throw new IOException("A fault that the test injected: the connection is cut.");
            case FaultKind.CutAfterwards:
                (await _api.HandleAsync(request, cancellationToken)).Dispose();
                throw new IOException("A fault that the test injected: the connection is cut, and the answer is lost.");
            case FaultKind.NoAnswer:
                await ReadAsync(request, cancellationToken);
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                break;
            case FaultKind.Delay:
                await Task.Delay(fault.Time, _options.TimeProvider, cancellationToken);
                break;
        }

        return await _api.HandleAsync(request, cancellationToken);
    }

    // A server that answers without having read what was sent would confuse some clients, and the record.
    private static Task ReadAsync(RestRequest request, CancellationToken cancellationToken) => request.Body.CopyToAsync(Stream.Null, cancellationToken);

    private void Keep(RecordedRequest request)
    {
        lock (_lock)
            _requests.Add(request);
    }

    private void KeepError(string error)
    {
        lock (_lock)
            _errors.Add(error);
    }
}
