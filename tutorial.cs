// The front door of the course: `dotnet tutorial.cs <verb>`, from any folder of the checkout.
// It builds what is stale, then hands over to helpers/Tutorial.Cli, whose exit code it returns.
// It references no project and no package, so that it starts in a fraction of a second when nothing is stale.
// Directory.Build.props sends its own output to artifacts/ as well; the SDK keeps its up-to-date marks (three small files)
// under the user's local application data, in dotnet/runfile, which no property can move.

using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

var root = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var artifacts = Path.Combine(root, "artifacts");
var cli = Path.Combine(artifacts, "bin", "Tutorial.Cli", "Tutorial.Cli.dll");
var stamp = Path.Combine(artifacts, "tutorial.stamp");
var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

// Ctrl-C in a terminal reaches the child by itself; the front door only has to outlive it. Other signals are passed on.
Process? child = null;
var interrupted = false;
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => interrupted = context.Cancel = true);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    interrupted = context.Cancel = true;
    if (!OperatingSystem.IsWindows() && child is { HasExited: false } running)
        _ = Native.Kill(running.Id, Native.Terminate);
});

try
{
    var built = BuildWhatIsStale();
    if (built is null)
        return interrupted ? Exit.Interrupted : Exit.CouldNotRun;
    if (args is ["build", ..])
    {
        Console.WriteLine(built.Value ? "Everything is built." : "Nothing to build: everything is up to date.");
        return Exit.Success;
    }

    child = Process.Start(new ProcessStartInfo(dotnet, [cli, .. args]) { UseShellExecute = false })!;
    child.WaitForExit();
    return child.ExitCode;
}
catch (UnauthorizedAccessException exception)
{
    return Fail($"No permission to write in {root}: {exception.Message} Copy the course to a folder of your own and run the command there.");
}
catch (IOException exception) when (IsDiskFull(exception))
{
    return Fail($"The disk that holds {root} is full: free a few hundred megabytes there, then run the command again.");
}
catch (IOException exception)
{
    return Fail($"{artifacts} could not be written: {exception.Message} Check the folder, then run the command again.");
}
catch (Win32Exception exception)
{
    return Fail($"'{dotnet}' could not be started: {exception.Message}. Install the .NET 10 SDK as environment/laptop/README.md says, then open a new terminal.");
}

// True: built; false: nothing was stale; null: failed, and the reason has been printed.
bool? BuildWhatIsStale()
{
    Directory.CreateDirectory(artifacts);
    using var alone = WaitForOtherBuilds();
    // Taken before the build: a file saved while it runs makes the next call build again.
    var sources = Fingerprint();
    if (File.Exists(stamp) && File.ReadAllText(stamp) == sources && IsWhole(cli))
        return false;

    Console.Error.WriteLine(File.Exists(cli)
        ? "Building what changed…"
        : "Building… (the first time restores packages, which takes a few minutes)");
    var clock = Stopwatch.StartNew();
    var start = new ProcessStartInfo(dotnet, ["build", Path.Combine(root, "helpers", "Tutorial.Cli"), "--nologo", "--verbosity", "quiet", "-consoleLoggerParameters:NoSummary"])
    {
        WorkingDirectory = root,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
    };
    var said = new StringBuilder();
    child = new Process { StartInfo = start };
    child.OutputDataReceived += (_, line) => { lock (said) said.AppendLine(line.Data); };
    child.ErrorDataReceived += (_, line) => { lock (said) said.AppendLine(line.Data); };
    child.Start();
    child.BeginOutputReadLine();
    child.BeginErrorReadLine();
    child.WaitForExit();
    if (interrupted)
        Console.Error.WriteLine("Interrupted while building; the next call goes on from here.");
    else if (child.ExitCode != 0)
        Explain(said.ToString());
    if (interrupted || child.ExitCode != 0)
        return null;
    File.WriteAllText(stamp, sources);
    Console.Error.WriteLine(FormattableString.Invariant($"Built in {clock.Elapsed.TotalSeconds:0} s."));
    return true;
}

FileStream WaitForOtherBuilds()
{
    for (var told = false; ;)
    {
        try
        {
            return new FileStream(Path.Combine(artifacts, "tutorial.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (!interrupted && IsLocked(exception))
        {
            if (!told)
                Console.Error.WriteLine("Another `dotnet tutorial.cs` is building; waiting for it…");
            told = true;
            Thread.Sleep(200);
        }
    }
}

// Names, sizes and times of all that goes into the build: unlike the newest time alone, it also sees a file that was removed or put back.
string Fingerprint()
{
    string[] folders = ["helpers", Path.Combine("tests", "NotebookTestRunner")];
    string[] files = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "nuget.config"];
    var everything = new EnumerationOptions { RecurseSubdirectories = true };
    var inputs = folders.Select(folder => new DirectoryInfo(Path.Combine(root, folder)))
        .Where(folder => folder.Exists)
        .SelectMany(folder => folder.EnumerateFiles("*", everything))
        .Concat(files.Select(file => new FileInfo(Path.Combine(root, file))).Where(file => file.Exists))
        .Select(file => FormattableString.Invariant($"{Path.GetRelativePath(root, file.FullName)} {file.Length} {file.LastWriteTimeUtc.Ticks}"))
        .Order(StringComparer.Ordinal)
        .Prepend($"{RuntimeInformation.FrameworkDescription} {RuntimeInformation.RuntimeIdentifier}");
    return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', inputs))));
}

// Outputs are links into the package cache: a cache that was cleared leaves links that lead nowhere.
bool IsWhole(string program) =>
    File.Exists(program) && Directory.EnumerateFiles(Path.GetDirectoryName(program)!, "*", SearchOption.AllDirectories).All(File.Exists);

void Explain(string output)
{
    var errors = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
        .Distinct()
        .ToList();
    Console.Error.WriteLine(output switch
    {
        _ when output.Contains("No space left on device", StringComparison.Ordinal) || output.Contains("not enough space on the disk", StringComparison.Ordinal) =>
            $"The build stopped because the disk is full: free about 3 GB for {artifacts} and the NuGet package cache, then run the command again.",
        _ when output.Contains("error NU13", StringComparison.Ordinal) =>
            "The packages could not be restored because a package source cannot be reached: check the network (or the proxy, HTTPS_PROXY), then run the command again.",
        _ when output.Contains("error NU", StringComparison.Ordinal) =>
            "The packages could not be restored: check the package sources (`dotnet nuget list source`), then run the command again.",
        _ when output.Contains("Access to the path", StringComparison.Ordinal) =>
            $"The build may not write in {artifacts}: check who owns that folder, or copy the course to a folder of your own.",
        _ => "The build failed: mend the errors below, then run the command again.",
    });
    Console.Error.WriteLine(errors.Count > 0 ? string.Join(Environment.NewLine, errors) : output.Trim());
}

int Fail(string sentence)
{
    Console.Error.WriteLine(sentence);
    return Exit.CouldNotRun;
}

// ENOSPC (28) and EDQUOT (Linux 122, macOS 69) on Unix; ERROR_HANDLE_DISK_FULL (39) and ERROR_DISK_FULL (112) on Windows.
static bool IsDiskFull(IOException exception) => (exception.HResult & 0xFFFF) is 28 or 122 or 69 or 39 or 112;

// EAGAIN (Linux 11, macOS 35) on Unix; ERROR_SHARING_VIOLATION (32) on Windows.
static bool IsLocked(IOException exception) => (exception.HResult & 0xFFFF) is 11 or 35 or 32;

/// <summary>The exit codes the front door itself can give; Tutorial.Cli's <c>ExitCode</c> has them all.</summary>
internal static class Exit
{
    public const int Success = 0, CouldNotRun = 2, Interrupted = 130;
}

internal static class Native
{
    public const int Terminate = 15;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int Kill(int processId, int signal);
}
