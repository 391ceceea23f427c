namespace JupyterProtocol.Transport;

/// <summary>The names of socket types on the wire, and which of them may talk to which.</summary>
internal static class SocketTypes
{
    /// <summary>The name in the property <c>Socket-Type</c>.</summary>
    public static string NameOf(SocketType type) => type.ToString().ToUpperInvariant();

    /// <summary>Whether a peer that says it is of a type can be talked to.</summary>
    public static bool CanTalk(SocketType own, string peer) => own switch
    {
        SocketType.Router => peer is "DEALER" or "REQ" or "ROUTER",
        SocketType.Dealer => peer is "ROUTER" or "REP" or "DEALER",
        SocketType.Rep => peer is "REQ" or "DEALER",
        SocketType.Req => peer is "REP" or "ROUTER",
        SocketType.XPub => peer is "SUB" or "XSUB",
        _ => peer is "PUB" or "XPUB",
    };
}
