using System.Runtime.InteropServices;
using JupyterProtocol.Processes;

namespace JupyterProtocol.Tests;

/// <summary>What depends on the operating system, for all three of them on any of them.</summary>
public sealed class PlatformTests
{
    private static readonly Platform Linux = On("linux"), MacOS = On("macos"), Windows = On("windows");

    /// <summary>A system with nothing in its environment but what is given.</summary>
    internal static Platform On(string system, params (string Name, string Value)[] variables) => new(
        system switch { "linux" => OSPlatform.Linux, "macos" => OSPlatform.OSX, "windows" => OSPlatform.Windows, _ => throw new ArgumentException(system, nameof(system)) },
        Architecture.Arm64,
        system switch { "linux" => "/home/ann", "macos" => "/Users/ann", _ => @"C:\Users\ann" },
        variables.ToDictionary(variable => variable.Name, variable => variable.Value));

    [Fact]
    public void This_system_is_the_one_that_runs()
    {
        Assert.True(RuntimeInformation.IsOSPlatform(Platform.Current.System));
        Assert.Equal(RuntimeInformation.ProcessArchitecture, Platform.Current.Architecture);
        Assert.Equal(RuntimeInformation.RuntimeIdentifier, Platform.Current.RuntimeIdentifiers[0]);
        Assert.Equal(Path.PathSeparator, Platform.Current.PathSeparator);
        Assert.Equal(Path.Combine("a", "b", "c"), Platform.Current.Combine("a", "b", "c"));
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), Platform.Current.Variable("PATH"));
    }

    [Theory]
    [InlineData("linux", "linux-arm64 linux unix-arm64 unix any")]
    [InlineData("macos", "osx-arm64 osx unix-arm64 unix any")]
    [InlineData("windows", "win-arm64 win any")]
    public void Packages_are_searched_from_the_most_special_system_to_any(string system, string expected) =>
        Assert.Equal(expected.Split(' '), On(system).RuntimeIdentifiers);

    [Theory]
    [InlineData("linux", "x x.so libx.so libx")]
    [InlineData("macos", "x x.dylib libx.dylib libx")]
    [InlineData("windows", "x x.dll")]
    public void A_native_library_goes_by_the_names_of_its_system(string system, string expected) =>
        Assert.Equal(expected.Split(' '), On(system).LibraryNames("x"));

    [Theory]
    [InlineData("linux", null, null, "/home/ann/.cache/csharpkernel")]
    [InlineData("macos", null, null, "/Users/ann/Library/Caches/csharpkernel")]
    [InlineData("windows", "LOCALAPPDATA", @"C:\Users\ann\AppData\Local", @"C:\Users\ann\AppData\Local\csharpkernel\cache")]
    [InlineData("windows", null, null, null)]
    [InlineData("linux", "XDG_CACHE_HOME", "/scratch/ann", "/scratch/ann/csharpkernel")]
    [InlineData("linux", "XDG_CACHE_HOME", "", "/home/ann/.cache/csharpkernel")]
    public void The_cache_is_where_the_system_keeps_what_can_be_made_anew(string system, string? variable, string? value, string? expected) =>
        Assert.Equal(expected, (variable is null ? On(system) : On(system, (variable, value!))).CacheFolder);

    [Fact]
    public void NuGets_settings_are_the_users_own()
    {
        Assert.Equal("/home/ann/.nuget/NuGet", Linux.NuGetSettingsFolder);
        Assert.Equal("/Users/ann/.nuget/NuGet", MacOS.NuGetSettingsFolder);
        Assert.Equal(@"C:\Users\ann\AppData\Roaming\NuGet", On("windows", ("APPDATA", @"C:\Users\ann\AppData\Roaming")).NuGetSettingsFolder);
        Assert.Null(Windows.NuGetSettingsFolder);
    }

    [Fact]
    public void Without_a_home_there_is_no_folder_of_the_user()
    {
        Assert.Null((Linux with { Home = "" }).CacheFolder);
        Assert.Null((Linux with { Home = "" }).NuGetSettingsFolder);
    }

    [Theory]
    [InlineData("linux", "/opt/dotnet:/usr/bin", "/usr/bin/dotnet", "/usr/bin/dotnet")]
    [InlineData("linux", "/opt/dotnet:/usr/bin", "/usr/bin/dotnet.exe", null)]
    [InlineData("linux", "", "/dotnet", null)]
    [InlineData("macos", "/opt/homebrew/bin/:/usr/bin", "/opt/homebrew/bin/dotnet", "/opt/homebrew/bin/dotnet")]
    [InlineData("windows", @"C:\Tools;C:\Program Files\dotnet\", @"C:\Program Files\dotnet\dotnet.EXE", @"C:\Program Files\dotnet\dotnet.EXE")]
    [InlineData("windows", "\"C:\\Program Files\\dotnet\";C:\\x", @"C:\Program Files\dotnet\dotnet.EXE", @"C:\Program Files\dotnet\dotnet.EXE")]
    [InlineData("windows", @"C:\Tools", @"C:\Tools\dotnet.CMD", @"C:\Tools\dotnet.CMD")]
    public void A_program_is_found_as_the_systems_shell_finds_it(string system, string path, string there, string? expected) =>
        Assert.Equal(expected, On(system).FindProgram("dotnet", path, file => file == there));

    [Fact]
    public void Windows_starts_the_kinds_of_programs_that_PATHEXT_names()
    {
        var windows = On("windows", ("PATHEXT", ".EXE;.PS1"));

        Assert.Equal(@"C:\x\tool.PS1", windows.FindProgram("tool", @"C:\x", file => file == @"C:\x\tool.PS1"));
        Assert.Null(windows.FindProgram("tool", @"C:\x", file => file == @"C:\x\tool.CMD"));
        Assert.Equal(("dotnet", "dotnet", "dotnet.exe"), (Linux.Program("dotnet"), MacOS.Program("dotnet"), Windows.Program("dotnet")));
    }

    [Fact]
    public void Each_system_has_a_shell()
    {
        Assert.Equal("/bin/bash", Linux.Shell("echo 1", _ => true).Program);
        Assert.Equal("/bin/sh", Linux.Shell("echo 1", _ => false).Program);
        Assert.Equal(["-c", "echo 1"], MacOS.Shell("echo 1", _ => true).Arguments);
        Assert.Equal("powershell.exe", Windows.Shell("echo 1", _ => true).Program);
    }

    [Theory]
    [InlineData("linux", Architecture.Arm64, Architecture.Arm64, true)]
    [InlineData("linux", Architecture.X64, Architecture.Arm64, false)]
    [InlineData("linux", Architecture.Arm64, Architecture.X64, false)]
    [InlineData("macos", Architecture.X64, Architecture.Arm64, true)]
    [InlineData("macos", Architecture.Arm64, Architecture.X64, false)]
    [InlineData("windows", Architecture.X64, Architecture.Arm64, true)]
    public void A_machine_runs_what_is_built_for_it_or_what_its_system_translates(string system, Architecture program, Architecture machine, bool expected) =>
        Assert.Equal(expected, On(system).CanRun(program, machine));

    [Theory]
    [InlineData("linux", 135, "SIGBUS")]
    [InlineData("macos", 138, "SIGBUS")]
    [InlineData("macos", 139, "SIGSEGV")]
    [InlineData("windows", unchecked((int)0xC00000FD), "stack overflow")]
    public void An_exit_code_means_what_its_system_says(string system, int code, string meaning) =>
        Assert.Contains(meaning, ExitCodes.Describe(code, On(system)), StringComparison.Ordinal);

    [Fact]
    public void A_number_of_another_system_means_nothing()
    {
        Assert.Equal("exit code 138", ExitCodes.Describe(138, Linux));
        Assert.Equal("exit code 139", ExitCodes.Describe(139, Windows));
    }
}
