using System.Diagnostics;
using System.Runtime.InteropServices;
using Tutorial.Cli.Publishing;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Tests.Publishing;

/// <summary>
/// The course, published once for all tests of a class and then moved to a path with spaces and letters beyond ASCII, where nothing can be
/// written. What is run there runs as somebody else than root, for whom that is so.
/// </summary>
public sealed class PublishedCourse : IDisposable
{
    // "nobody" on Linux.
    private const string OtherUser = "65534";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _above = Directory.CreateTempSubdirectory("relocated-").FullName;

    public PublishedCourse()
    {
        var first = Path.Combine(_above, "first", "course");
        Directory.CreateDirectory(Path.GetDirectoryName(first)!);
        new CoursePublisher(Checkout.Find()).Publish(first, withRuntime: true);
        Root = Path.Combine(_above, "kurssi ä 数");
        Directory.Move(first, Root);
        foreach (var entry in new DirectoryInfo(Root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(new DirectoryInfo(Root)).Where(entry => entry.LinkTarget is null))
            Modes.Set(entry.FullName, entry is DirectoryInfo || Modes.Of(entry.FullName) == "755" ? "555" : "444");
        Home = Directory.CreateDirectory(Path.Combine(_above, "home")).FullName;
        Modes.Set(Home, "555");
        Modes.Set(_above, "755");
    }

    /// <summary>Where it is now.</summary>
    public string Root { get; }

    /// <summary>A home in which nothing can be written.</summary>
    public string Home { get; }

    /// <summary>A folder that the student may write.</summary>
    public string CreateWorkFolder(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_above, name)).FullName;
        Modes.Set(folder, "777");
        return folder;
    }

    /// <summary>Every file of the course with its size and time.</summary>
    public IReadOnlyList<string> Snapshot() =>
        [.. new DirectoryInfo(Root).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}").Order(StringComparer.Ordinal)];

    /// <summary>Runs its command line where no culture, no network and no home helps.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="words">What follows <c>tutorial</c>.</param>
    public async Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] words)
    {
        string[] program = [Path.Combine(Root, "tutorial"), .. words];
        if (getuid() == 0)
            program = ["setpriv", $"--reuid={OtherUser}", $"--regid={OtherUser}", "--clear-groups", .. program];
        // A network namespace of its own has not even a loopback interface until that is set up, which root may.
        if (getuid() == 0 && CanUnshare.Value)
            program = ["unshare", "--net", "sh", "-c", "ip link set lo up 2>/dev/null || ifconfig lo up; exec \"$@\"", "sh", .. program];
        var start = new ProcessStartInfo(program[0], program[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment.Clear();
        foreach (var (name, value) in ((string, string)[])
            [
                ("PATH", "/usr/bin:/bin:/usr/sbin:/sbin"), ("HOME", Home), ("LANG", "C"), ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"), ("NUGET_PACKAGES", Path.Combine(Root, "data")),
                // Nobody listens there.
                ("http_proxy", "http://127.0.0.1:9"), ("https_proxy", "http://127.0.0.1:9"), ("no_proxy", "localhost,127.0.0.1"), ("JUPYTER_PATH", Path.Combine(Root, "share", "jupyter")),
                ("JUPYTER_RUNTIME_DIR", folder),
            ])
        {
            start.Environment[name] = value;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, output + await error);
    }

    public void Dispose()
    {
        foreach (var folder in new DirectoryInfo(_above).EnumerateDirectories("*", SearchOption.AllDirectories))
            Modes.Set(folder.FullName, "755");
        Directory.Delete(_above, recursive: true);
    }

    private static readonly Lazy<bool> CanUnshare = new(() =>
    {
        try
        {
            using var trial = Process.Start(new ProcessStartInfo("unshare", ["--net", "sh", "-c", "ip link set lo up || ifconfig lo up"]) { RedirectStandardError = true })!;
            trial.WaitForExit();
            return trial.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint getuid();
}
