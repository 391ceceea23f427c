using System.Globalization;
using JupyterProtocol.KernelSpecs;

namespace ScriptedKernel;

/// <summary>Kernelspecs for the scripted kernel, which lies beside the tests that use it.</summary>
public static class ScriptedKernelSpec
{
    public const string Name = "scripted";

    /// <summary>
    /// Why a kernel cannot be interrupted by a signal here, or null: Windows has none, and what a shell starts in the background
    /// ignores SIGINT, which all its children inherit.
    /// </summary>
    public static string? WhyNoSignals =>
        OperatingSystem.IsWindows() ? "Windows has no signals."
        : IgnoresInterrupts() ? "The tests were started so that SIGINT is ignored (in the background, or with nohup)."
        : null;

    /// <param name="interruptMode"><c>message</c> or <c>signal</c>.</param>
    /// <param name="flags">How it misbehaves at its start.</param>
    public static KernelSpec Create(string interruptMode = "message", params string[] flags) => new()
    {
        Argv = [Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "ScriptedKernel.exe" : "ScriptedKernel"), .. flags, "{connection_file}"],
        DisplayName = "Scripted",
        Language = "script",
        InterruptMode = interruptMode,
    };

    private static bool IgnoresInterrupts()
    {
        const string Status = "/proc/self/status";
        const string Mask = "SigIgn:";
        return File.Exists(Status)
            && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Mask, StringComparison.Ordinal)) is { } line
            && (ulong.Parse(line[Mask.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0b10) != 0;
    }
}
