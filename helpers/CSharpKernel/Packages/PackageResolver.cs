using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CliWrap;
using CliWrap.Buffered;

namespace CSharpKernel.Packages;

/// <summary>
/// Resolves packages with the SDK's own restore, and keeps each answer under a name made of the question: the second
/// time needs no restore and no network.
/// </summary>
/// <param name="cache">The folder of the answers.</param>
internal sealed partial class PackageResolver(string cache)
{
    /// <summary>The environment variable that moves the kernel's cache.</summary>
    public const string CacheVariable = "CSHARPKERNEL_CACHE";

    private const string AnswerFile = "obj/project.assets.json";

    /// <summary>The folder of answers: below <c>CSHARPKERNEL_CACHE</c>, or in the user's folder for caches.</summary>
    public static string DefaultCache =>
        Environment.GetEnvironmentVariable(CacheVariable) is { Length: > 0 } chosen ? Path.GetFullPath(chosen)
        : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } shared ? Path.Combine(shared, "csharpkernel")
        : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "csharpkernel", "cache")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache", "csharpkernel");

    /// <summary>Finds the files of packages and of all they depend on.</summary>
    /// <param name="packages">All packages of the notebook, so that they are resolved together.</param>
    /// <param name="sources">Sources to look in besides those of the notebook's <c>nuget.config</c>.</param>
    /// <param name="folder">The notebook's folder.</param>
    /// <param name="cancellationToken">Stops the restore.</param>
    /// <exception cref="PackageException">The packages cannot be had.</exception>
    public async Task<PackageAssets> ResolveAsync(IReadOnlyList<PackageRequest> packages, IReadOnlyList<string> sources, string folder, CancellationToken cancellationToken)
    {
        var project = WriteProject(packages, sources, folder);
        var answer = Path.Combine(cache, "packages", NameOf(project, folder));
        if (File.Exists(Path.Combine(answer, AnswerFile)) && AssetsFile.Read(Path.Combine(answer, AnswerFile)) is { Exist: true } known)
            return known;

        // Restored aside and then moved, because several notebooks may ask the same at the same time.
        var scratch = $"{answer}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(scratch);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(scratch, "Notebook.csproj"), project, cancellationToken);
            await RestoreAsync(scratch, cancellationToken);
            if (Directory.Exists(answer))
                Directory.Delete(answer, recursive: true);
            Directory.Move(scratch, answer);
        }
        catch (IOException) when (File.Exists(Path.Combine(answer, AnswerFile)))
        {
            // Another kernel was faster; its answer is as good.
            return AssetsFile.Read(Path.Combine(answer, AnswerFile));
        }
        finally
        {
            if (Directory.Exists(scratch))
                Directory.Delete(scratch, recursive: true);
        }

        return AssetsFile.Read(Path.Combine(answer, AnswerFile));
    }

    private static async Task RestoreAsync(string folder, CancellationToken cancellationToken)
    {
        var result = await Cli.Wrap(DotnetHost.Path)
            .WithArguments(["restore", "Notebook.csproj", "--nologo", "--verbosity", "quiet", "-nodeReuse:false"])
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(environment => environment
                .Set("DOTNET_CLI_UI_LANGUAGE", "en").Set("DOTNET_NOLOGO", "1").Set("DOTNET_CLI_USE_MSBUILD_SERVER", "0").Set("MSBUILDDISABLENODEREUSE", "1"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        if (result.ExitCode != 0)
            throw new PackageException(Explain(result.StandardOutput + result.StandardError));
    }

    private static string Explain(string output)
    {
        var messages = RestoreErrors().Matches(output).Select(match => (Code: match.Groups["code"].Value, Text: match.Groups["text"].Value.Trim())).Distinct().ToList();
        if (messages.Count == 0)
            return $"The packages could not be restored: {output.Trim()} #r \"nuget: …\" needs the .NET SDK, not only the runtime.";
        var (code, text) = messages[0];
        return code switch
        {
            "NU1101" => $"{text} Check the spelling of the name, or add a source that has it with #i \"nuget: folder or address\".",
            "NU1102" or "NU1103" => $"{text} Choose one of the versions that exist.",
            "NU1301" or "NU1801" => $"{text} Check the network, or add a local source with #i \"nuget: folder\".",
            "NU1605" or "NU1107" => $"{text} Ask for a version that both accept, before the other packages.",
            _ => $"{code}: {text}",
        };
    }

    private static string WriteProject(IReadOnlyList<PackageRequest> packages, IReadOnlyList<string> sources, string folder)
    {
        var framework = $"net{Environment.Version.Major}.{Environment.Version.Minor}";
        return new XElement("Project",
            // Before the SDK's own part, which would import the settings of whatever repository the cache lies in.
            new XElement("PropertyGroup",
                new XElement("ImportDirectoryBuildProps", "false"),
                new XElement("ImportDirectoryBuildTargets", "false"),
                new XElement("ImportDirectoryPackagesProps", "false")),
            new XElement("Import", new XAttribute("Project", "Sdk.props"), new XAttribute("Sdk", "Microsoft.NET.Sdk")),
            new XElement("PropertyGroup",
                new XElement("TargetFramework", framework),
                new XElement("RuntimeIdentifier", $"{SystemName()}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}"),
                new XElement("SelfContained", "false"),
                new XElement("NuGetAudit", "false"),
                new XElement("RestoreRootConfigDirectory", folder),
                new XElement("RestoreAdditionalProjectSources", string.Join(';', sources))),
            new XElement("ItemGroup", packages.Select(package =>
                new XElement("PackageReference", new XAttribute("Include", package.Name), new XAttribute("Version", package.Version ?? "*")))),
            new XElement("Import", new XAttribute("Project", "Sdk.targets"), new XAttribute("Sdk", "Microsoft.NET.Sdk"))).ToString();
    }

    private static string SystemName() => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    private static string NameOf(string project, string folder)
    {
        var question = new StringBuilder(project);
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
            foreach (var settings in Directory.EnumerateFiles(current, "*.config", new EnumerationOptions { IgnoreInaccessible = true })
                         .Where(file => Path.GetFileName(file).Equals("nuget.config", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
                question.Append(File.ReadAllText(settings));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question.ToString())))[..24];
    }

    [GeneratedRegex(@"error (?<code>NU\d+): (?<text>.*?)(\s\[[^\]]*proj\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex RestoreErrors();
}
