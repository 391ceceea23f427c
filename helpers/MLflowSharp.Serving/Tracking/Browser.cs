using System.ComponentModel;
using System.Diagnostics;
using System.Net;

namespace MLflowSharp.Serving.Tracking;

/// <summary>
/// The user's browser, led to an address with a token. Everybody on a machine sees what programs are started with, so the browser is given
/// a file that only the user may read, and that leads there; it goes with this object. As Jupyter does it
/// (https://jupyter-server.readthedocs.io/en/latest/operators/security.html).
/// </summary>
internal sealed class Browser : IDisposable
{
    private readonly string? _file;

    private Browser(string? file) => _file = file;

    /// <summary>Opens an address where there is a display to show it; says nothing when that does not work, because the address is printed as well.</summary>
    public static Browser Open(string address)
    {
        if (OperatingSystem.IsLinux() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY")) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")))
            return new(null);
        string? file = null;
        try
        {
            // On Windows others do not see it, and the file's kind might be led to another program.
            if (!OperatingSystem.IsWindows())
                file = WritePage(address, Path.GetTempPath());
            var start = OperatingSystem.IsWindows() ? new ProcessStartInfo(address) { UseShellExecute = true }
                : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [file!]) { RedirectStandardOutput = true, RedirectStandardError = true };
            Process.Start(start)?.Dispose();
        }
        catch (Exception fault) when (fault is Win32Exception or IOException or UnauthorizedAccessException)
        {
            // No browser, or none that the system knows of, or no room for the file.
        }

        return new(file);
    }

    /// <summary>Writes a page that leads to an address, for its owner only.</summary>
    /// <param name="address">Where it leads.</param>
    /// <param name="folder">The folder for it.</param>
    internal static string WritePage(string address, string folder)
    {
        var file = Path.Combine(folder, $"mlflow-open-{Guid.NewGuid():N}.html");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        var shown = WebUtility.HtmlEncode(address);
        writer.Write($"<!DOCTYPE html><meta charset=\"utf-8\"><title>MLflow</title><meta http-equiv=\"refresh\" content=\"0; url={shown}\"><p><a href=\"{shown}\">Open MLflow</a>, if this page does not do it by itself.");
        return file;
    }

    /// <summary>Removes the file.</summary>
    public void Dispose()
    {
        try
        {
            if (_file is not null)
                File.Delete(_file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is its owner's alone, and of no use once the server is gone.
        }
    }
}
