using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Interop.Browser;

/// <summary>What a page complains about: errors in its console and its scripts, requests that fail or are refused.</summary>
internal sealed class PageFaults
{
    private readonly ConcurrentQueue<string> _faults = new();

    /// <summary>Listens to a page from now on.</summary>
    /// <param name="page">The page.</param>
    /// <param name="isExpected">Whether a complaint is known and no fault; null for none.</param>
    public PageFaults(IPage page, Func<string, bool>? isExpected = null)
    {
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Add($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => Add($"script: {error}");
        page.RequestFailed += (_, request) =>
        {
            // What a page asked for and took back is no fault: when the reader goes on, or when JupyterLab puts the right address into a picture.
            if (request.Failure != "net::ERR_ABORTED")
                Add($"request: {request.Method} {request.Url}: {request.Failure}");
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                Add($"response: {response.Status} {response.Request.Method} {response.Url}");
        };

        void Add(string fault)
        {
            if (isExpected?.Invoke(fault) != true)
                _faults.Enqueue(fault);
        }
    }

    /// <summary>The complaints so far.</summary>
    public IReadOnlyCollection<string> All => _faults;

    /// <summary>Gives the complaints so far and forgets them.</summary>
    public IReadOnlyList<string> Take()
    {
        var faults = new List<string>();
        while (_faults.TryDequeue(out var fault))
            faults.Add(fault);
        return faults;
    }
}
