namespace Tutorial.Cli.Tests;

/// <summary>The modes of files as <c>chmod</c> writes them; Windows has none.</summary>
internal static class Modes
{
    /// <summary>The mode, such as <c>644</c>.</summary>
    public static string Of(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);

    /// <summary>Sets the mode.</summary>
    public static void Set(string path, string mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
    }
}
