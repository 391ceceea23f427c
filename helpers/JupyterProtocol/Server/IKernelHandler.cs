using System.Text.Json.Nodes;

namespace JupyterProtocol.Server;

/// <summary>What a kernel does with requests; <see cref="KernelServer"/> does the rest: sockets, signatures, status, order, errors.</summary>
public interface IKernelHandler
{
    /// <summary>
    /// Answers one request with the content of its reply. Requests on the shell channel come one after the other, in the order they were sent;
    /// those on the control channel (<c>interrupt_request</c>, <c>shutdown_request</c>) come while a shell request runs.
    /// An exception becomes a reply with status <c>error</c>.
    /// </summary>
    /// <param name="request">The request and the way back to who sent it.</param>
    /// <param name="cancellationToken">Cancelled when the server stops.</param>
    /// <returns>The reply's content; null for messages that have no reply, and for types this kernel does not know.</returns>
    Task<JsonObject?> HandleAsync(KernelRequest request, CancellationToken cancellationToken);
}
