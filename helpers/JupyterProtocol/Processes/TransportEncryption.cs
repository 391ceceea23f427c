namespace JupyterProtocol.Processes;

/// <summary>Whether the sockets of a kernel that is started are encrypted (the names are those of jupyter_client's <c>transport_encryption</c>).</summary>
public enum TransportEncryption
{
    /// <summary>Never.</summary>
    Disabled,

    /// <summary>When the kernelspec's metadata says that the kernel can (<c>supported_encryption: curve</c>).</summary>
    Auto,

    /// <summary>Always; a kernel that cannot is not started.</summary>
    Required,
}
