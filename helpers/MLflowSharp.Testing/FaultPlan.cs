using MLflowSharp.Server;

namespace MLflowSharp.Testing;

/// <summary>Which faults are to come, in the order in which they were injected.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<(Fault Fault, Func<RestRequest, bool> Fits, int Left)> _planned = [];

    public void Add(Fault fault, int times, Func<RestRequest, bool> fits)
    {
        lock (_lock)
            _planned.Add((fault, fits, times));
    }

    public void Clear()
    {
        lock (_lock)
            _planned.Clear();
    }

    /// <summary>Takes the first fault that a request gets; null when it gets none.</summary>
    public Fault? Take(RestRequest request)
    {
        lock (_lock)
        {
            var at = _planned.FindIndex(planned => planned.Fits(request));
            if (at < 0)
                return null;
            var (fault, fits, left) = _planned[at];
            if (left == 1)
                _planned.RemoveAt(at);
            else
                _planned[at] = (fault, fits, left - 1);
            return fault;
        }
    }
}
