using System.Text.Json;
using System.Text.Json.Nodes;
using CSharpKernel.Dialect;
using CSharpKernel.Execution;

namespace CSharpKernel.Comms;

/// <summary>
/// A line between the notebook's code and a piece of JavaScript in the front end, in both directions. Either side opens it by the name
/// of a target that the other side knows, and either side closes it. Messages that arrive are handled one after the other, as code of
/// the notebook: what a handler prints, shows or throws lands below the cell that opened the comm (or registered its target).
/// </summary>
public sealed class Comm : IDisposable
{
    private readonly CommRegistry _registry;
    private int _isOpen = 1;

    internal Comm(CommRegistry registry, CellContext home, string targetName, string id)
    {
        _registry = registry;
        TargetName = targetName;
        Id = id;
        Queue = new HandlerQueue(home);
        Receiver = (message, _) => Received is null ? Task.CompletedTask : Queue.RunAsync(() => Received?.Invoke(message));
    }

    /// <summary>A message has arrived. An <c>async</c> handler is finished before the next message of this comm is handled.</summary>
    public event Action<CommMessage>? Received;

    /// <summary>The other side has closed the comm.</summary>
    public event Action<CommMessage>? Closed;

    /// <summary>The name that both sides know the comm by.</summary>
    public string Id { get; }

    /// <summary>The name of the target that it was opened with.</summary>
    public string TargetName { get; }

    /// <summary>Whether messages can be sent.</summary>
    public bool IsOpen => Volatile.Read(ref _isOpen) == 1;

    /// <summary>The cell below which its handlers show.</summary>
    internal CellContext Home => Queue.Home;

    /// <summary>Runs its handlers in order.</summary>
    internal HandlerQueue Queue { get; }

    /// <summary>Takes what arrives; the second argument answers the front end that sent it.</summary>
    internal Func<CommMessage, Action<CommEnvelope>, Task> Receiver { get; set; }

    /// <summary>What the comm belongs to, such as a widget.</summary>
    internal object? Owner { get; init; }

    /// <summary>
    /// Lets the front end open comms of a target. A later registration of the same name takes the place of an earlier one.
    /// </summary>
    /// <param name="targetName">The name that the front end asks for.</param>
    /// <param name="opened">Gets the comm and the message that opened it; it adds its handlers here. When it throws, the comm is closed.</param>
    public static void Register(string targetName, Action<Comm, CommMessage> opened)
    {
        ArgumentException.ThrowIfNullOrEmpty(targetName);
        ArgumentNullException.ThrowIfNull(opened);
        Shown.Cell.Engine.Comms.Register(targetName, Shown.Cell, opened);
    }

    /// <summary>No longer lets the front end open comms of a target; those that are open stay so.</summary>
    /// <param name="targetName">The target's name.</param>
    public static void Unregister(string targetName) => Shown.Cell.Engine.Comms.Unregister(targetName);

    /// <summary>Opens a comm to a target that the front end knows. A front end that does not know it closes it again.</summary>
    /// <param name="targetName">The target's name.</param>
    /// <param name="data">What to send with it: any object that System.Text.Json can write.</param>
    /// <param name="metadata">Data beside it.</param>
    /// <param name="buffers">Binary data behind it.</param>
    public static Comm Open(string targetName, object? data = null, JsonObject? metadata = null, params IReadOnlyList<byte[]> buffers)
    {
        ArgumentException.ThrowIfNullOrEmpty(targetName);
        var cell = Shown.Cell;
        var comm = new Comm(cell.Engine.Comms, cell, targetName, Guid.NewGuid().ToString("N"));
        comm.SendOpen(Json(data), metadata, buffers);
        return comm;
    }

    /// <summary>Sends a message.</summary>
    /// <param name="data">Any object that System.Text.Json can write.</param>
    /// <param name="metadata">Data beside it.</param>
    /// <param name="buffers">Binary data behind it.</param>
    /// <exception cref="InvalidOperationException">The comm is closed.</exception>
    public void Send(object? data, JsonObject? metadata = null, params IReadOnlyList<byte[]> buffers)
    {
        if (!IsOpen)
            throw new InvalidOperationException($"The comm to '{TargetName}' is closed: open another one to send more.");
        Home.Caller.Send(CommEnvelope.For(CommEnvelope.Message, Id, Json(data), metadata, buffers));
    }

    /// <summary>Closes the comm; once closed, closing it again does nothing.</summary>
    /// <param name="data">What to send with it.</param>
    public void Close(object? data = null)
    {
        if (TryClose())
            Home.Caller.Send(CommEnvelope.For(CommEnvelope.Close, Id, Json(data)));
    }

    /// <summary>Closes the comm.</summary>
    public void Dispose() => Close();

    /// <summary>Tells the front end of a comm that was made on this side.</summary>
    internal void SendOpen(JsonNode? data, JsonObject? metadata, IReadOnlyList<byte[]> buffers)
    {
        _registry.Add(this);
        var envelope = CommEnvelope.For(CommEnvelope.Open, Id, data, metadata, buffers);
        envelope.Content["target_name"] = TargetName;
        Home.Send(envelope);
    }

    /// <summary>The other side has closed it.</summary>
    internal Task ReceiveCloseAsync(CommMessage message) =>
        TryClose() && Closed is not null ? Queue.RunAsync(() => Closed?.Invoke(message)) : Task.CompletedTask;

    private bool TryClose()
    {
        _registry.Remove(this);
        return Interlocked.Exchange(ref _isOpen, 0) == 1;
    }

    private static JsonNode? Json(object? data) => data is JsonNode node ? node.DeepClone() : JsonSerializer.SerializeToNode(data, JsonSerializerOptions.Web);
}
