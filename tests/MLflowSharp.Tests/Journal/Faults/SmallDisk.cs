using System.Diagnostics;

namespace MLflowSharp.Tests.Journal.Faults;

/// <summary>A disk of a few hundred kilobytes, mounted for one test. Only an administrator of a Linux machine can have one.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    /// <summary>Mounts one.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="kilobytes">Its size.</param>
    /// <returns>The disk; null where that is not allowed.</returns>
    public static SmallDisk? TryMount(TemporaryFolder folder, int kilobytes)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return null;
        var path = Directory.CreateDirectory(System.IO.Path.Combine(folder.FullName, $"disk{Guid.NewGuid():N}")).FullName;
        return Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "small", path) == 0 ? new(path) : null;
    }

    /// <summary>Fills what is free.</summary>
    public void Fill()
    {
        using var file = new FileStream(System.IO.Path.Combine(Path, "filling"), FileMode.Append, FileAccess.Write, FileShare.None, 0);
        var block = new byte[512];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(System.IO.Path.Combine(Path, "filling"));

    /// <inheritdoc/>
    public void Dispose() => Run("umount", "-l", Path);

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
