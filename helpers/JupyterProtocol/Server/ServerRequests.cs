using System.Text.Json.Nodes;
using JupyterProtocol.Connections;

namespace JupyterProtocol.Server;

/// <summary>Answers what is about the server itself; the rest is the kernel's.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="connection">Where it listens.</param>
/// <param name="subshells">Its shells, on the control channel, where they are created and deleted; null on the others.</param>
internal sealed class ServerRequests(IKernelHandler kernel, ConnectionInfo connection, Subshells? subshells) : IKernelHandler
{
    public async Task<JsonObject?> HandleAsync(KernelRequest request, CancellationToken cancellationToken) => request.MessageType switch
    {
        "connect_request" => Connection(),
        "create_subshell_request" when kernel.HasSubshells && subshells is not null => subshells.Create(),
        "delete_subshell_request" when kernel.HasSubshells && subshells is not null => subshells.Delete(request.Content),
        "list_subshell_request" when kernel.HasSubshells && subshells is not null => subshells.List(),
        _ => await kernel.HandleAsync(request, cancellationToken),
    };

    private JsonObject Connection() => new()
    {
        ["status"] = "ok",
        ["shell_port"] = connection.ShellPort,
        ["iopub_port"] = connection.IopubPort,
        ["stdin_port"] = connection.StdinPort,
        ["hb_port"] = connection.HeartbeatPort,
        ["control_port"] = connection.ControlPort,
    };
}
