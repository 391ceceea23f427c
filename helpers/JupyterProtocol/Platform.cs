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
    private const nint DefaultAction = 0, Ignored = 1;
    private const int LineBuffer = 1, NoBuffer = 2;

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

    /// <summary>Lets everybody read a file or folder, and its owner write it, whatever the umask; what can be started stays so.</summary>
    public static void MakeShared(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode read = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode start = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(path, Directory.Exists(path) || (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0 ? read | start : read);
    }

    /// <summary>Lets everybody read and start a program.</summary>
    public static void MakeProgram(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        MakeShared(path);
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

    /// <summary>Sends SIGUSR1 to a process, a signal that means what the process has agreed on; without that it ends the process.</summary>
    /// <returns>False when there is no such process, or no such signal on this system.</returns>
    public static bool SendUserSignal(int processId) =>
        !OperatingSystem.IsWindows() && Kill(processId, OperatingSystem.IsMacOS() ? 30 : 10) == 0;

    /// <summary>
    /// Lets this process hear SIGINT although it was started so that it ignores it, as a shell does with what it starts in the background.
    /// The runtime looks at that once, when the console or a signal is first used: to be called before.
    /// </summary>
    public static unsafe void HearInterrupts()
    {
        if (OperatingSystem.IsWindows())
            return;
        // Larger than the structure of any system; its first field is the handler on all of them.
        var action = stackalloc nint[64];
        if (Action(SIGINT, null, action) == 0 && action[0] == Ignored)
            _ = Handle(SIGINT, DefaultAction);
    }

    /// <summary>Makes a descriptor of this process (1 or 2) another name for a handle; child processes inherit it.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Redirect(int descriptor, SafeHandle target)
    {
        if (Duplicate((int)target.DangerousGetHandle(), descriptor) < 0)
            throw new IOException($"Descriptor {descriptor} cannot be redirected: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Waits until there is something to read.</summary>
    /// <param name="handle">The reading end of a pipe.</param>
    /// <param name="milliseconds">How long; -1 for ever.</param>
    public static bool HasBytes(SafeHandle handle, int milliseconds)
    {
        var poll = new PollDescriptor { Descriptor = (int)handle.DangerousGetHandle(), Events = PollDescriptor.Readable };
        return Poll(ref poll, 1, milliseconds) > 0;
    }

    /// <summary>Lets the C library hand over each line that native code prints, not only every few thousand characters.</summary>
    public static void BufferLines()
    {
        if (StandardFile("stdout") is not 0 and var variable)
            _ = SetBuffer(Marshal.ReadIntPtr(variable), 0, LineBuffer, 0);
    }

    /// <summary>Lets the C library hand over what native code printed of a line.</summary>
    public static void FlushLines()
    {
        if (StandardFile("stdout") is not 0 and var variable)
            _ = Flush(Marshal.ReadIntPtr(variable));
    }

    /// <summary>
    /// Lets what C code writes to <c>stderr</c> go on to where descriptor 2 leads now, also when that is redirected afterwards. So does the
    /// runtime when the process crashes; by then nothing of this process could read it elsewhere.
    /// </summary>
    /// <returns>False where the C library does not allow it (musl).</returns>
    /// <exception cref="IOException">The system refuses.</exception>
    public static bool KeepErrors()
    {
        var variable = StandardFile("stderr");
        if (variable == 0 || Current.RuntimeIdentifiers[0].Contains("musl", StringComparison.Ordinal))
            return false;
        var file = Duplicate(2) is var copy and >= 0 ? Open(copy, "w") : 0;
        if (file == 0)
            throw new IOException($"The way to standard error cannot be kept: {Marshal.GetLastPInvokeErrorMessage()}");
        _ = SetBuffer(file, 0, NoBuffer, 0);
        Marshal.WriteIntPtr(variable, file);
        return true;
    }

    // The variable that holds the file, by the name that the C library exports.
    private static nint StandardFile(string name) =>
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), OperatingSystem.IsMacOS() ? $"__{name}p" : name, out var variable) ? variable : 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static unsafe partial int Action(int signal, nint* wanted, nint* found);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Handle(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int descriptor, int name);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "setvbuf")]
    private static partial int SetBuffer(nint file, nint buffer, int mode, nuint size);

    [LibraryImport("libc", EntryPoint = "fdopen", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(int descriptor, string mode);

    [LibraryImport("libc", EntryPoint = "fflush")]
    private static partial int Flush(nint file);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public const short Readable = 1;

        public int Descriptor;
        public short Events;
        public short Found;
    }

    private static Dictionary<string, string> ReadVariables()
    {
        // Windows knows names in any case.
        var variables = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return variables;
    }
}
