using System.Net.Sockets;
using System.Runtime.InteropServices;
using JupyterProtocol;
using Tutorial.Cli.Diagnosis.Places;

namespace Tutorial.Cli.Tests.Diagnosis.Places;

/// <summary>A Linux machine on which all is well, until a test says otherwise.</summary>
internal sealed class FakePlace : IPlace
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal) { ["PATH"] = "/usr/bin" };

    /// <summary>What writing into a folder does.</summary>
    public Func<string, DateTimeOffset> Writing { get; set; } = _ => Noon;

    public HashSet<string> Missing { get; } = [];

    public HashSet<string> Files { get; } = [];

    public Func<string, string[], (int, string)> Program { get; set; } = (_, _) => (0, "10.0.401\n");

    public (string FileSystem, long FreeBytes) Disk { get; set; } = ("ext4", 50_000_000_000);

    public Func<int, bool> IsTaken { get; set; } = _ => false;

    public string? LockFault { get; set; }

    public (string, DateTimeOffset)? Newest { get; set; }

    public bool GoesToProxy { get; set; }

    public string HomeFolder { get; set; } = "/users/ann";

    public Platform Platform => new(OSPlatform.Linux, Machine, HomeFolder, Variables);

    public string Host => "node7";

    public string User => "ann";

    public Architecture Machine { get; set; } = Architecture.X64;

    public int Processors { get; set; } = 2;

    public long Memory { get; set; } = 8_000_000_000;

    public DateTimeOffset Now { get; set; } = Noon;

    public bool HasIcu { get; set; } = true;

    public bool Exists(string path) => Files.Contains(path) || (!Missing.Contains(path) && !path.Contains('.', StringComparison.Ordinal) && !path.StartsWith("/usr/bin/", StringComparison.Ordinal));

    public (int ExitCode, string Output) Run(string folder, string program, params string[] arguments) => Program(program, arguments);

    public (string FileSystem, long FreeBytes) DiskOf(string folder) => Disk;

    public DateTimeOffset Write(string folder) => Writing(folder);

    public (string File, DateTimeOffset Changed)? NewestIn(string folder) => Newest;

    public void Listen(int port)
    {
        if (IsTaken(port))
            throw new SocketException((int)SocketError.AddressAlreadyInUse);
    }

    public bool IsProxied(Uri address) => GoesToProxy;

    public string? TryLocks(string folder) => LockFault;
}
