using System.ComponentModel;
using System.Diagnostics;

namespace MLflowSharp.Serving.Tracking;

/// <summary>The user's browser.</summary>
internal static class Browser
{
    /// <summary>Opens an address where there is a display to show it; says nothing when that does not work, because the address is printed as well.</summary>
    public static void Open(string address)
    {
        if (OperatingSystem.IsLinux() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY")) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")))
            return;
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo(address) { UseShellExecute = true }
            : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            Process.Start(start)?.Dispose();
        }
        catch (Win32Exception)
        {
            // No browser, or none that the system knows of.
        }
    }
}
