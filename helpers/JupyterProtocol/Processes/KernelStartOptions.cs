using JupyterProtocol.Connections;

namespace JupyterProtocol.Processes;

/// <summary>How a kernel process is started.</summary>
public sealed record KernelStartOptions
{
    /// <summary>The kernel's working directory; Jupyter uses the notebook's folder. Default the current directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Environment variables on top of this process's and the kernelspec's; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long the kernel may take until it answers. Default 60 seconds, as in nbclient.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where connection files are written. Default the system's temporary folder.</summary>
    public string? RuntimeDirectory { get; init; }

    /// <summary>Whether the connection is encrypted. Default <see cref="TransportEncryption.Disabled"/>, as in jupyter_client.</summary>
    public TransportEncryption Encryption { get; init; }

    /// <summary>Chooses ports and key; tests choose ports that are taken.</summary>
    internal Func<string, ConnectionInfo> CreateConnection { get; init; } = ConnectionInfo.CreateLocal;
}
