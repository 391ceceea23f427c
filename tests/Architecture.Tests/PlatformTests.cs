using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>Code for one operating system stands in one place, where every system's rules are tested.</summary>
public sealed partial class PlatformTests
{
    private const string OnePlace = "JupyterProtocol/Platform.cs";

    private static string Helpers => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "helpers"));

    [Theory]
    [InlineData("JupyterProtocol")]
    [InlineData("CSharpKernel")]
    [InlineData("Tutorial.Cli")]
    public void What_depends_on_the_operating_system_is_decided_in_one_file(string project)
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Helpers, project), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(Helpers, file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .Where(source => !source.Name.Contains("/obj/", StringComparison.Ordinal) && source.Name != OnePlace)
            .ToList();

        Assert.NotEmpty(sources);
        Assert.Empty(sources.SelectMany(source => OfOneSystem().Matches(source.Text).Select(match => $"{source.Name}: {match.Value}")));
    }

    [Fact]
    public void That_file_is_there() => Assert.Matches(OfOneSystem(), File.ReadAllText(Path.Combine(Helpers, OnePlace)));

    [GeneratedRegex("""OperatingSystem\.Is\w+|\bRuntimeInformation\b|IsOSPlatform|\b(?:Dll|Library)Import\b(?=\()|"/(?:proc|tmp|bin|dev|etc)\b|UnixFileMode|Path\.PathSeparator""")]
    private static partial Regex OfOneSystem();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
