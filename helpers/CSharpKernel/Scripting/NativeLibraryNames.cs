using System.Runtime.InteropServices;

namespace CSharpKernel.Scripting;

/// <summary>The file names and folders under which a native library may lie on this system.</summary>
internal static class NativeLibraryNames
{
    /// <summary>This system's runtime identifiers, the most special first, as NuGet packages name their folders.</summary>
    public static IReadOnlyList<string> RuntimeIdentifiers { get; } = CreateRuntimeIdentifiers();

    /// <summary>The file names tried for a library's name, as the runtime itself tries them.</summary>
    public static IReadOnlyList<string> For(string name)
    {
        var suffix = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        var prefix = OperatingSystem.IsWindows() ? "" : "lib";
        return [.. new[] { name, name + suffix, prefix + name + suffix, prefix + name }.Distinct()];
    }

    private static string OperatingSystemName => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    private static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static string[] CreateRuntimeIdentifiers()
    {
        string[] own = [RuntimeInformation.RuntimeIdentifier, $"{OperatingSystemName}-{Architecture}", OperatingSystemName];
        string[] general = OperatingSystem.IsWindows() ? ["any"] : [$"unix-{Architecture}", "unix", "any"];
        return [.. own.Concat(general).Distinct()];
    }
}
