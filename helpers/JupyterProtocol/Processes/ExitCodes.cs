using System.Globalization;

namespace JupyterProtocol.Processes;

/// <summary>Says what the exit code of a process means.</summary>
public static class ExitCodes
{
    private const int SignalBase = 128;
    private const string SIGBUS = "SIGBUS: native code touched memory that is not there";

    /// <summary>Such as <c>exit code 137 (SIGKILL: …)</c>.</summary>
    /// <param name="exitCode">As .NET gives it: 128 + n on Unix where signal n ended the process.</param>
    /// <param name="platform">Where it ran; default here.</param>
    public static string Describe(int exitCode, Platform? platform = null)
    {
        platform ??= Platform.Current;
        var meaning = platform.IsWindows ? OnWindows(exitCode) : OnUnix(exitCode - SignalBase, platform.IsMacOS);
        return string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}{(meaning is null ? "" : $" ({meaning})")}");
    }

    private static string? OnUnix(int signal, bool isMacOS) => signal switch
    {
        2 => "SIGINT: it was interrupted",
        4 => "SIGILL: native code ran into an instruction that this processor does not have",
        6 => "SIGABRT: it gave up, as after a stack overflow, a failure in native code or Environment.FailFast",
        7 when !isMacOS => SIGBUS,
        10 when isMacOS => SIGBUS,
        8 => "SIGFPE: native code divided by zero",
        9 => "SIGKILL: it was ended from outside, as systems do that run out of memory",
        11 => "SIGSEGV: native code touched memory that is not its own, as after a stack overflow in it",
        15 => "SIGTERM: it was told to end",
        _ => null,
    };

    private static string? OnWindows(int exitCode) => unchecked((uint)exitCode) switch
    {
        0xC0000005 => "access violation: native code touched memory that is not its own",
        0xC00000FD => "stack overflow",
        0x80131506 => "the .NET runtime failed",
        0x80131623 => "Environment.FailFast",
        0xE0434352 => "an exception that nobody caught",
        _ => null,
    };
}
