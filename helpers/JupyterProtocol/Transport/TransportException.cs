namespace JupyterProtocol.Transport;

/// <summary>A peer does not speak ZMTP as agreed, knows no key, or is gone. Its connection is closed; nobody else is concerned.</summary>
internal sealed class TransportException(string message) : Exception(message);
