using System.Text.Json.Nodes;

namespace JupyterProtocol.Server;

/// <summary>What a kernel does with requests; <see cref="KernelServer"/> does the rest: sockets, signatures, status, order, errors.</summary>
public interface IKernelHandler
{
    /// <summary>
    /// Whether the kernel runs subshells (<see cref="KernelRequest.SubshellId"/>): requests of different shells come at the same time then.
    /// A kernel that says so announces <c>kernel subshells</c> among the <c>supported_features</c> of its <c>kernel_info_reply</c>.
    /// </summary>
    bool HasSubshells => false;

    /// <summary>
    /// Answers one request with the content of its reply. Requests on the shell channel come one after the other, in the order they were sent;
    /// those on the control channel (<c>interrupt_request</c>, <c>shutdown_request</c>) come while a shell request runs.
    /// An exception becomes a reply with status <c>error</c>.
    /// </summary>
    /// <param name="request">The request and the way back to who sent it.</param>
    /// <param name="cancellationToken">Cancelled when the server stops, or the request's subshell is deleted.</param>
    /// <returns>The reply's content; null for messages that have no reply, and for types this kernel does not know.</returns>
    Task<JsonObject?> HandleAsync(KernelRequest request, CancellationToken cancellationToken);
}
