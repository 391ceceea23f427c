using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace JupyterProtocol;

/// <summary>
/// All that depends on the operating system: its folders, the names of its programs and libraries, and the calls that .NET has no
/// name for. What it answers follows from what it is given, so that each system's rules are tested on every system.
/// </summary>
/// <param name="System">Linux, macOS or Windows.</param>
/// <param name="Architecture">The processor that this process is built for.</param>
/// <param name="Home">The user's folder; empty when there is none.</param>
/// <param name="Variables">The environment.</param>
public sealed partial record Platform(OSPlatform System, Architecture Architecture, string Home, IReadOnlyDictionary<string, string> Variables)
{
    private const int SIGINT = 2;

    /// <summary>What this process runs on.</summary>
    public static Platform Current { get; } = new(
        OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux,
        RuntimeInformation.ProcessArchitecture,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        ReadVariables());

    /// <summary>The processor of the machine, which may also run programs for another.</summary>
    public static Architecture MachineArchitecture => RuntimeInformation.OSArchitecture;

    /// <summary>The runtime and the system, for people.</summary>
    public static (string Runtime, string System) Description =>
        (RuntimeInformation.FrameworkDescription, $"{RuntimeInformation.OSDescription} ({RuntimeInformation.RuntimeIdentifier})");

    /// <summary>Whether this is Windows, which has no signals, no file modes and other paths.</summary>
    public bool IsWindows => System == OSPlatform.Windows;

    /// <summary>Whether this is macOS.</summary>
    public bool IsMacOS => System == OSPlatform.OSX;

    /// <summary>What stands between the folders of a list such as <c>PATH</c>.</summary>
    public char PathSeparator => IsWindows ? ';' : ':';

    /// <summary>This system's runtime identifiers, the most special first, as NuGet packages name their folders.</summary>
    public IReadOnlyList<string> RuntimeIdentifiers
    {
        get
        {
            var processor = Architecture.ToString().ToLowerInvariant();
            var system = IsWindows ? "win" : IsMacOS ? "osx" : "linux";
            string[] general = IsWindows ? ["any"] : [$"unix-{processor}", "unix", "any"];
            // Of this process the runtime knows better: there is Linux with another C library.
            string[] own = this == Current ? [RuntimeInformation.RuntimeIdentifier] : [];
            return [.. own.Concat([$"{system}-{processor}", system]).Concat(general).Distinct()];
        }
    }

    /// <summary>The folder of this kernel's cache, below <c>XDG_CACHE_HOME</c> or where the system keeps what can be made anew; null when there is no home.</summary>
    public string? CacheFolder =>
        Variable("XDG_CACHE_HOME") is { } shared ? Combine(shared, "csharpkernel")
        : IsWindows ? Variable("LOCALAPPDATA") is { } local ? Combine(local, "csharpkernel", "cache") : null
        : Home.Length == 0 ? null
        : IsMacOS ? Combine(Home, "Library", "Caches", "csharpkernel")
        : Combine(Home, ".cache", "csharpkernel");

    /// <summary>Where NuGet keeps the user's settings; null when there is no home.</summary>
    public string? NuGetSettingsFolder =>
        IsWindows ? Variable("APPDATA") is { } roaming ? Combine(roaming, "NuGet") : null
        : Home.Length == 0 ? null
        : Combine(Home, ".nuget", "NuGet");

    /// <summary>A variable of the environment; null when it is not set or empty.</summary>
    public string? Variable(string name) => Variables.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>The folders of a list such as <c>PATH</c>.</summary>
    public string[] Split(string? list) => list?.Split(PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>A path of this system.</summary>
    public string Combine(string folder, params ReadOnlySpan<string> parts)
    {
        var separator = IsWindows ? '\\' : '/';
        foreach (var part in parts)
            folder = folder.EndsWith(separator) || (IsWindows && folder.EndsWith('/')) ? folder + part : folder + separator + part;
        return folder;
    }

    /// <summary>The file name of a program.</summary>
    public string Program(string name) => IsWindows ? name + ".exe" : name;

    /// <summary>The full path of a program that the shell would start by its name; null when <c>PATH</c> has none.</summary>
    /// <param name="name">The name, on Windows with or without its extension.</param>
    /// <param name="path">The list of folders; null for none.</param>
    /// <param name="exists">Whether there is such a file.</param>
    public string? FindProgram(string name, string? path, Func<string, bool> exists)
    {
        string[] endings = IsWindows ? ["", .. (Variable("PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)] : [""];
        return Split(path).SelectMany(folder => endings.Select(ending => Combine(folder.Trim('"'), name + ending))).FirstOrDefault(exists);
    }

    /// <summary>Whether a machine runs a program that is built for a processor: macOS and Windows translate those of x64 for arm64.</summary>
    public bool CanRun(Architecture program, Architecture machine) =>
        program == machine || (program == Architecture.X64 && machine == Architecture.Arm64 && (IsMacOS || IsWindows));

    /// <summary>The file names tried for a native library's name, as the runtime itself tries them.</summary>
    public IReadOnlyList<string> LibraryNames(string name)
    {
        var suffix = IsWindows ? ".dll" : IsMacOS ? ".dylib" : ".so";
        var prefix = IsWindows ? "" : "lib";
        return [.. new[] { name, name + suffix, prefix + name + suffix, prefix + name }.Distinct()];
    }

    /// <summary>The shell, and how it is told to run a text.</summary>
    /// <param name="text">What it runs.</param>
    /// <param name="exists">Whether there is such a file.</param>
    public (string Program, string[] Arguments) Shell(string text, Func<string, bool> exists) => IsWindows
        ? ("powershell.exe", ["-NoProfile", "-NonInteractive", "-Command", text + "\nexit $LASTEXITCODE"])
        : (exists("/bin/bash") ? "/bin/bash" : "/bin/sh", ["-c", text]);

    /// <summary>Writes a new file that only its owner may read; on Windows the user's folder sees to that.</summary>
    public static FileStreamOptions PrivateFile(FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    /// <summary>Lets only its owner use a file that is there.</summary>
    public static void MakePrivate(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Sends SIGINT to a process, which .NET cannot.</summary>
    /// <exception cref="PlatformNotSupportedException">This is Windows.</exception>
    public static void Interrupt(int processId)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException($"Process {processId} is interrupted by a signal, which Windows does not have; it can only be ended.");
        if (Kill(processId, SIGINT) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"Process {processId} cannot be interrupted.");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    private static Dictionary<string, string> ReadVariables()
    {
        // Windows knows names in any case.
        var variables = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return variables;
    }
}
