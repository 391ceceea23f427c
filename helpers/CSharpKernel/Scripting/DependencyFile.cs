using System.Text.Json;

namespace CSharpKernel.Scripting;

/// <summary>Reads which assemblies a <c>.deps.json</c> lists, and where they lie.</summary>
internal static class DependencyFile
{
    /// <summary>The existing files of the assemblies a build wrote down beside its own.</summary>
    public static IReadOnlyList<string> ReadAssemblies(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        using var stream = File.OpenRead(path);
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        var files = new List<string>();
        foreach (var library in Members(root, "targets").SelectMany(target => target.Value.EnumerateObject()))
        {
            foreach (var asset in Members(library.Value, "runtime"))
            {
                var beside = Path.Combine(folder, Path.GetFileName(asset.Name));
                if (File.Exists(beside))
                    files.Add(beside);
                else if (InPackageCache(root, library.Name, asset.Name) is { } cached)
                    files.Add(cached);
            }
        }

        return files;
    }

    private static string? InPackageCache(JsonElement root, string library, string asset)
    {
        if (!root.TryGetProperty("libraries", out var libraries)
            || !libraries.TryGetProperty(library, out var entry)
            || !entry.TryGetProperty("path", out var relative))
            return null;
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var file = Path.Combine(cache, relative.GetString()!, asset);
        return File.Exists(file) ? file : null;
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default;
}
