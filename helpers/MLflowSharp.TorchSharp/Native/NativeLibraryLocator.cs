using System.Reflection;
using System.Text.Json;

namespace MLflowSharp.TorchSharp.Native;

/// <summary>
/// Finds the native files of a package wherever an application, a test process or a notebook kernel may have them: beside the assembly,
/// in its <c>runtimes</c> folder, where the host was told to look, or in the package cache that a <c>.deps.json</c> points into.
/// </summary>
internal sealed class NativeLibraryLocator(IReadOnlyList<string> directories)
{
    private const string RuntimeIdentifier = "linux-x64";

    /// <summary>Looks where the given assemblies and this process may have native files.</summary>
    public static NativeLibraryLocator ForProcess(params IEnumerable<Assembly> assemblies)
    {
        var folders = assemblies
            .Select(assembly => Path.GetDirectoryName(assembly.Location))
            .OfType<string>()
            .Append(AppContext.BaseDirectory)
            .Where(folder => folder.Length > 0)
            .Distinct()
            .ToList();
        var hostFolders = Split(AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES"), Path.PathSeparator);
        var manifests = folders
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.deps.json"))
            .Concat(Split(AppContext.GetData("APP_CONTEXT_DEPS_FILES"), ';'));

        return new NativeLibraryLocator(
            [.. folders.SelectMany(folder => new[] { folder, NativeFolder(folder) })
                .Concat(hostFolders)
                .Concat(manifests.Where(File.Exists).SelectMany(PackageFolders))
                .Select(Path.TrimEndingDirectorySeparator)
                .Distinct()
                .Where(Directory.Exists)]);
    }

    /// <summary>Gives the full path of a native file.</summary>
    /// <exception cref="DllNotFoundException">It lies in none of the folders; the message lists them.</exception>
    public string Find(string fileName) =>
        directories.Select(directory => Path.Combine(directory, fileName)).FirstOrDefault(File.Exists)
        ?? throw new DllNotFoundException(
            $"{fileName}, a native file of TorchSharp, was not found. Looked in: {string.Join(", ", directories)}. " +
            $"Reference the package libtorch-cpu-{RuntimeIdentifier} from the project that runs, or restore and build it again " +
            "(dotnet build) if the package cache was emptied.");

    /// <summary>The native folders, in the package cache, of the packages that a <c>.deps.json</c> names.</summary>
    internal static IEnumerable<string> PackageFolders(string manifestPath)
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } configured
            ? configured
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(manifestPath));
        if (!manifest.RootElement.TryGetProperty("libraries", out var libraries))
            return [];

        return [.. libraries.EnumerateObject()
            .Where(library => library.Value.TryGetProperty("path", out _))
            .Select(library => NativeFolder(Path.Combine(cache, library.Value.GetProperty("path").GetString()!)))];
    }

    private static string NativeFolder(string folder) => Path.Combine(folder, "runtimes", RuntimeIdentifier, "native");

    private static string[] Split(object? value, char separator) =>
        value is string text ? text.Split(separator, StringSplitOptions.RemoveEmptyEntries) : [];
}
