using System.Globalization;
using System.Text.Json.Nodes;
using JupyterProtocol.Server;

namespace CSharpKernel.Lifetime;

/// <summary>
/// Tells, in the process that Jupyter started in place of one that died, which cell ran when that happened. It is told where the
/// cell stands, for front ends that still listen there, and once more by the next cell that runs: JupyterLab forgets what it waited
/// for when a kernel is restarted.
/// </summary>
internal sealed class DeathNotice(IReadOnlyList<OpenCell> cells)
{
    // Between the first subscription and those of the other front ends.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private int _isTold = cells.Count == 0 ? 1 : 0;
    private int _isPublished = cells.Count == 0 ? 1 : 0;

    private string Text => string.Create(CultureInfo.InvariantCulture,
        $"The kernel's process died while {string.Join(" and ", cells.Select(cell => cell.Name))} ran, and was started again. Variables are gone: run the cells above again.");

    /// <summary>What the first cell in the new process is to show; null when there is nothing to tell.</summary>
    public string? TakeText() => Interlocked.Exchange(ref _isTold, 1) == 0 ? Text + "\n" : null;

    /// <summary>Tells it where the cells stand; called when a front end subscribes.</summary>
    public async Task PublishAsync(KernelServer server, TimeProvider time)
    {
        if (Interlocked.Exchange(ref _isPublished, 1) != 0)
            return;
        await Task.Delay(Patience, time);
        foreach (var cell in cells)
        {
            server.Publish(cell.Request, "error", new JsonObject { ["ename"] = "KernelDied", ["evalue"] = Text, ["traceback"] = new JsonArray($"\e[31mKernelDied\e[0m: {Text}") });
            server.Publish(cell.Request, "status", new JsonObject { ["execution_state"] = "idle" });
        }
    }
}
