using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NotebookTestRunner.Resources;

/// <summary>
/// Becomes another program that may write below one folder only, make no file larger than a limit, send no signal to a process outside, and that gets few
/// of this process's environment variables. Reading and the network are left as they are. Linux 5.13 and newer, by Landlock
/// (https://docs.kernel.org/userspace-api/landlock.html), for which no rights are needed; signals from Linux 6.12 on.
/// </summary>
public static class Confinement
{
    private const int CreateRuleset = 444, AddRule = 445, RestrictSelf = 446;
    private const int OpenPath = 0x200000, CloseOnExec = 0x80000, NoNewPrivileges = 38, FileSize = 1, BelowPath = 1;
    private const int VersionFlag = 1;

    // linux/landlock.h: write and truncate a file; remove and make entries of each kind, also from and to other folders.
    private const ulong WriteFile = 1UL << 1, Truncate = 1UL << 14, Refer = 1UL << 13, Entries = 0b1_1111_1111UL << 4;
    private const ulong Signals = 1UL << 1;
    private const int FirstWithRefer = 2, FirstWithTruncate = 3, FirstWithNetwork = 4, FirstWithScopes = 6;

    // What programs write to that keep nothing.
    private static readonly string[] Devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/tty"];

    // Of a grader's own variables, which may hold keys and passwords, a kernel needs none but these.
    private static readonly string[] Passed = ["PATH", "HOME", "USER", "LANG", "LC_", "TZ", "TMPDIR", "DOTNET_", "JPY_", "MLFLOW_", "_MLFLOW_", "CSHARPKERNEL_", "TUTORIAL_", "LD_LIBRARY_PATH", "OMP_", "MKL_", "NUGET_PACKAGES"];

    /// <summary>Whether this system can do it.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux() && Version() > 0;

    /// <summary>Becomes the program; returns only when that is not possible.</summary>
    /// <param name="folder">The folder below which it may write.</param>
    /// <param name="largest">How large a file may become, in bytes.</param>
    /// <param name="command">The program, found on the path where it is no path itself, and its arguments.</param>
    /// <exception cref="Win32Exception">The system refuses a step.</exception>
    public static void Become(string folder, long largest, IReadOnlyList<string> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var version = Version();
        if (version <= 0) throw new Win32Exception("This system has no Landlock.");
        var handled = WriteFile | Entries | (version >= FirstWithRefer ? Refer : 0) | (version >= FirstWithTruncate ? Truncate : 0);
        Span<ulong> attributes = [handled, 0, version >= FirstWithScopes ? Signals : 0];
        var size = (version >= FirstWithScopes ? 3 : version >= FirstWithNetwork ? 2 : 1) * sizeof(ulong);
        var ruleset = (int)Checked(Call(CreateRuleset, ref MemoryMarshal.GetReference(attributes), size, 0), "landlock_create_ruleset");
        Allow(ruleset, folder, handled);
        foreach (var device in Devices.Where(File.Exists)) Allow(ruleset, device, handled & (WriteFile | Truncate));
        Span<ulong> limits = [(ulong)largest, (ulong)largest];
        Checked(SetLimit(FileSize, ref MemoryMarshal.GetReference(limits)), "setrlimit");
        Checked(Control(NoNewPrivileges, 1, 0, 0, 0), "prctl");
        Checked(Call(RestrictSelf, ruleset, 0, 0), "landlock_restrict_self");
        _ = Execute(command[0], [.. command, null], [.. Variables(), null]);
        throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{command[0]} cannot be started: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private static IEnumerable<string?> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(variable => Passed.Any(name => name.EndsWith('_') ? ((string)variable.Key).StartsWith(name, StringComparison.Ordinal) : name.Equals(variable.Key)))
        .Select(variable => $"{variable.Key}={variable.Value}");

    private static void Allow(int ruleset, string path, ulong access)
    {
        var descriptor = (int)Checked(Open(path, OpenPath | CloseOnExec), $"open {path}");
        // struct landlock_path_beneath_attr is packed: eight bytes of rights, four of the descriptor.
        Span<byte> rule = stackalloc byte[sizeof(ulong) + sizeof(int)];
        MemoryMarshal.Write(rule, in access);
        MemoryMarshal.Write(rule[sizeof(ulong)..], in descriptor);
        Checked(Call(AddRule, ruleset, BelowPath, ref MemoryMarshal.GetReference(rule), 0), "landlock_add_rule");
    }

    private static int Version() => (int)Call(CreateRuleset, 0, 0, VersionFlag);

    private static nint Checked(nint result, string call) =>
        result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{call}: {Marshal.GetLastPInvokeErrorMessage()}");

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint Call(nint number, ref ulong attributes, nint size, nint flags);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint Call(nint number, nint ruleset, nint kind, ref byte rule, nint flags);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint Call(nint number, nint first, nint second, nint third);

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static extern int SetLimit(int what, ref ulong limits);

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static extern int Control(int what, nint first, nint second, nint third, nint fourth);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "execvpe", SetLastError = true)]
    private static extern int Execute([MarshalAs(UnmanagedType.LPUTF8Str)] string program, [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] arguments, [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] environment);
}
