using System.Diagnostics;

namespace MLflowSharp.Tests.Journal.Faults;

/// <summary>
/// A machine as far as one kernel can make several: a host name, process numbers from 1 on, a network and, if wanted, a start of its own. Their process
/// numbers collide, and none sees the processes of another. Linux with the right to make namespaces is needed.
/// </summary>
internal sealed class Machine : IDisposable
{
    private static readonly string[] Namespaces = ["--uts", "--pid", "--net", "--mount"];
    private static readonly Lazy<bool?> AsUser = new(FindWay);
    private readonly Process _process;
    private readonly string _first;

    private Machine(Process process)
    {
        _process = process;
        // The first process of the machine, by its number out here.
        _first = File.ReadAllText($"/proc/{process.Id}/task/{process.Id}/children").Trim();
    }

    /// <summary>Whether machines can be made here.</summary>
    public static bool CanBeMade => AsUser.Value is not null;

    /// <summary>Starts a machine.</summary>
    /// <param name="name">Its host name.</param>
    /// <param name="boot">File with what it takes for its kernel's start number; null for that of this machine, as containers have it.</param>
    public static Machine Start(string name, string? boot = null)
    {
        const string Script = """hostname "$1" && if [ -n "$2" ]; then mount --bind "$2" /proc/sys/kernel/random/boot_id; fi && echo started && exec cat""";
        var process = Process.Start(new ProcessStartInfo("unshare", [.. Ways(AsUser.Value!.Value), "sh", "-c", Script, "sh", name, boot ?? ""])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("started", process.StandardOutput.ReadLine());
        return new(process);
    }

    /// <summary>Makes a command one of this machine's.</summary>
    public void Enter(ProcessStartInfo command)
    {
        string[] arguments = ["--target", _first, .. Namespaces, .. AsUser.Value!.Value ? (string[])["--user", "--preserve-credentials"] : [], command.FileName];
        command.FileName = "nsenter";
        for (var i = 0; i < arguments.Length; i++)
            command.ArgumentList.Insert(i, arguments[i]);
        // Two processes of one number would make one socket for debuggers.
        command.Environment["DOTNET_EnableDiagnostics"] = "0";
    }

    /// <summary>Stops all its processes where they are, until <see cref="Training.Continue"/>.</summary>
    public void Freeze()
    {
        var command = new ProcessStartInfo("sh", ["-c", "kill -STOP -1"]);
        Enter(command);
        using var process = Process.Start(command)!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Ends it with everything that runs on it, as a power cut does; nothing runs any more when this returns.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        // The first process is the last to end (https://man7.org/linux/man-pages/man7/pid_namespaces.7.html).
        while (RunsFirst())
            Thread.Sleep(1);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private bool RunsFirst()
    {
        try
        {
            // A dead one that nobody has asked after is a zombie.
            return File.ReadLines($"/proc/{_first}/status").First(line => line.StartsWith("State:", StringComparison.Ordinal)).Split('\t')[1][0] is not ('Z' or 'X');
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string[] Ways(bool asUser) => [.. asUser ? (string[])["--user", "--map-root-user"] : [], .. Namespaces, "--fork", "--kill-child", "--mount-proc"];

    /// <returns>Whether a user's own namespace is needed for it; null when it is not possible at all.</returns>
    private static bool? FindWay()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        foreach (var asUser in (bool[])[false, true])
        {
            try
            {
                var command = new ProcessStartInfo("unshare", [.. Ways(asUser), "sh", "-c", "hostname test && nsenter --version"]) { RedirectStandardError = true, RedirectStandardOutput = true };
                using var process = Process.Start(command)!;
                process.WaitForExit();
                if (process.ExitCode == 0)
                    return asUser;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // No such program.
                return null;
            }
        }

        return null;
    }
}
