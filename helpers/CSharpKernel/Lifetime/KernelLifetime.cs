namespace CSharpKernel.Lifetime;

/// <summary>What outlives a cell, and what of it outlives the process.</summary>
internal sealed class KernelLifetime : IDisposable
{
    private readonly RunRecord _record;

    /// <summary>Takes over from the process before, if it died.</summary>
    /// <param name="connectionFile">The connection file, which Jupyter keeps over restarts; null to remember nothing beyond the process.</param>
    /// <param name="log">Where the kernel notes what concerns no cell.</param>
    public KernelLifetime(string? connectionFile, TextWriter log)
    {
        _record = new RunRecord(connectionFile, log);
        Notice = new DeathNotice(_record.ReadLast());
        Cells = new OpenCells(_record);
    }

    /// <summary>The cells that run now.</summary>
    public OpenCells Cells { get; }

    /// <summary>What there is to tell of the process before.</summary>
    public DeathNotice Notice { get; }

    /// <summary>From now on the process's end is wanted, and leaves nothing to be told.</summary>
    public void Dispose() => _record.Dispose();
}
