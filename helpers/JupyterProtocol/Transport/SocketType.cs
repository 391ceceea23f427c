namespace JupyterProtocol.Transport;

/// <summary>What a socket does with messages, as ZeroMQ calls it (https://rfc.zeromq.org/spec/28/).</summary>
internal enum SocketType
{
    /// <summary>Answers whoever asked, by identity.</summary>
    Router,

    /// <summary>Asks, and takes answers as they come.</summary>
    Dealer,

    /// <summary>Answers the one question that is open; here: echoes heartbeats.</summary>
    Rep,

    /// <summary>Asks one question at a time.</summary>
    Req,

    /// <summary>Sends to all that subscribed, and sees who does.</summary>
    XPub,

    /// <summary>Subscribes.</summary>
    Sub,
}
