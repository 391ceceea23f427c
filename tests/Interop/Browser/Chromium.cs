using Microsoft.Playwright;

namespace Interop.Browser;

/// <summary>The Chromium (or Chrome, or Edge) of this machine: <c>TUTORIAL_CHROMIUM</c>, or where it is usually installed. None is downloaded.</summary>
internal static class Chromium
{
    /// <summary>The browser; without one the test is skipped, or fails when the peers are required.</summary>
    public static string Require()
    {
        var chosen = Environment.GetEnvironmentVariable("TUTORIAL_CHROMIUM") is { Length: > 0 } named ? named : UsualPlaces().FirstOrDefault(File.Exists);
        if (!File.Exists(chosen))
            PythonEnvironment.Missing($"No Chromium {(chosen is null ? "was found" : $"at '{chosen}'")}. Install one (Debian: apt-get install chromium), or set TUTORIAL_CHROMIUM to a Chromium, Chrome or Edge.");
        return chosen!;
    }

    /// <summary>How it is started: without a window, and without a word to anyone but the page.</summary>
    public static BrowserTypeLaunchOptions Options => new()
    {
        ExecutablePath = Require(),
        Headless = true,
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    };

    private static IEnumerable<string> UsualPlaces()
    {
        if (OperatingSystem.IsWindows())
        {
            return from folder in (Environment.SpecialFolder[])[Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData]
                   from program in (string[])["Chromium/Application/chrome.exe", "Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"]
                   select Path.Combine(Environment.GetFolderPath(folder), program);
        }

        return OperatingSystem.IsMacOS()
            ? ["/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]
            // The first has no windows, and does a third less for the same pages.
            : ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    }
}
