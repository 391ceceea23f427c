using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace MLflowSharp.Onnx;

/// <summary>
/// Keeps ONNX Runtime from reporting its use to its makers, which since 1.31 it does on Linux too: it writes an identifier and a database of
/// events below the home folder and looks for a network. Whoever sets <c>ORT_DISABLE_TELEMETRY</c> decides otherwise.
/// </summary>
internal static partial class RuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Switches it off; call it before the first use of ONNX Runtime.</summary>
    public static void SwitchOff()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null)
            return;

        // .NET keeps a copy of the environment on Unix: a native library sees only what is set through the C library.
        if (OperatingSystem.IsWindows())
            OrtEnv.Instance().DisableTelemetryEvents();
        else
            _ = SetEnvironmentVariable(Variable, "1", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
