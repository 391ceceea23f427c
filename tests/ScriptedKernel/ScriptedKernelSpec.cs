using JupyterProtocol.KernelSpecs;

namespace ScriptedKernel;

/// <summary>Kernelspecs for the scripted kernel, which lies beside the tests that use it.</summary>
public static class ScriptedKernelSpec
{
    public const string Name = "scripted";

    /// <summary>Why a kernel cannot be interrupted by a signal here, or null.</summary>
    public static string? WhyNoSignals => OperatingSystem.IsWindows() ? "Windows has no signals." : null;

    /// <param name="interruptMode"><c>message</c> or <c>signal</c>.</param>
    /// <param name="flags">How it misbehaves at its start.</param>
    public static KernelSpec Create(string interruptMode = "message", params string[] flags) => new()
    {
        Argv = [Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "ScriptedKernel.exe" : "ScriptedKernel"), .. flags, "{connection_file}"],
        DisplayName = "Scripted",
        Language = "script",
        InterruptMode = interruptMode,
    };
}
