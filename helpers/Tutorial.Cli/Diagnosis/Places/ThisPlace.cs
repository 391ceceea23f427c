using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using JupyterProtocol;

namespace Tutorial.Cli.Diagnosis.Places;

/// <summary>The machine that this program runs on.</summary>
internal sealed class ThisPlace : IPlace
{
    // The versions that .NET may meet, newest first (dotnet/runtime, pal_icushim.c, tries those of its own range).
    private const int NewestIcu = 90, OldestIcu = 50;

    // More than a file system keeps beside a file's name: a full disk has no room for it.
    private const int ProbeBytes = 1 << 20;

    /// <inheritdoc/>
    public Platform Platform => Platform.Current;

    /// <inheritdoc/>
    public string Host => Environment.MachineName;

    /// <inheritdoc/>
    public string User => Environment.UserName;

    /// <inheritdoc/>
    public Architecture Machine => Platform.MachineArchitecture;

    /// <inheritdoc/>
    public int Processors => Environment.ProcessorCount;

    /// <inheritdoc/>
    public long Memory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <inheritdoc/>
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <inheritdoc/>
    public bool HasIcu => Platform.IsWindows || Platform.IsMacOS
        || Enumerable.Range(OldestIcu, NewestIcu - OldestIcu + 1).Reverse().Select(version => string.Create(CultureInfo.InvariantCulture, $"libicuuc.so.{version}")).Any(Loads);

    /// <inheritdoc/>
    public bool Exists(string path) => Path.Exists(path);

    /// <inheritdoc/>
    public (int ExitCode, string Output) Run(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    /// <inheritdoc/>
    public (string FileSystem, long FreeBytes) DiskOf(string folder)
    {
        // What is not there yet will be made where its folder is.
        var there = folder;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
            there = above;
        var drive = new DriveInfo(there);
        return (drive.DriveFormat, drive.AvailableFreeSpace);
    }

    /// <inheritdoc/>
    public DateTimeOffset Write(string folder)
    {
        Directory.CreateDirectory(folder);
        using var probe = new FileStream(Path.Combine(folder, $".doctor-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        probe.Write(new byte[ProbeBytes]);
        probe.Flush(flushToDisk: true);
        return File.GetLastWriteTimeUtc(probe.SafeFileHandle);
    }

    /// <inheritdoc/>
    public (string File, DateTimeOffset Changed)? NewestIn(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles().MaxBy(file => file.LastWriteTimeUtc) is { } newest ? (newest.FullName, newest.LastWriteTimeUtc) : null;

    /// <inheritdoc/>
    public void Listen(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
    }

    /// <inheritdoc/>
    public bool IsProxied(Uri address) => !HttpClient.DefaultProxy.IsBypassed(address) && HttpClient.DefaultProxy.GetProxy(address) is { } proxy && proxy != address;

    /// <inheritdoc/>
    public string? TryLocks(string folder) => LockTrial.Run(folder);

    private static bool Loads(string library)
    {
        if (!NativeLibrary.TryLoad(library, out var handle))
            return false;
        NativeLibrary.Free(handle);
        return true;
    }
}
