using System.Text.Json;

namespace CSharpKernel.Packages;

/// <summary>Reads NuGet's <c>project.assets.json</c>, the result of a restore.</summary>
internal static class AssetsFile
{
    /// <summary>Reads what the packages bring to the target that names a runtime identifier.</summary>
    public static PackageAssets Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        var folders = Members(root, "packageFolders").Select(folder => folder.Name).ToList();
        var target = Members(root, "targets").OrderByDescending(each => each.Name.Contains('/', StringComparison.Ordinal)).First().Value;

        var versions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var assemblies = new List<(string, string?)>();
        var native = new List<string>();
        foreach (var library in target.EnumerateObject().Where(library => library.Value.GetProperty("type").ValueEquals("package")))
        {
            var slash = library.Name.IndexOf('/', StringComparison.Ordinal);
            versions[library.Name[..slash]] = library.Name[(slash + 1)..];
            var relative = root.GetProperty("libraries").GetProperty(library.Name).GetProperty("path").GetString()!;
            var folder = folders.Select(each => Path.Combine(each, relative)).FirstOrDefault(Directory.Exists) ?? Path.Combine(folders[0], relative);
            var runtime = Files(library.Value, "runtime", folder);
            var compile = Files(library.Value, "compile", folder);
            assemblies.AddRange(compile.Select(file => (file, FindTwin(runtime, file))));
            assemblies.AddRange(runtime.Where(file => FindTwin(compile, file) is null).Select(file => (file, (string?)file)));
            native.AddRange(Files(library.Value, "native", folder));
        }

        return new PackageAssets(versions, assemblies, native);
    }

    private static string? FindTwin(List<string> files, string file) =>
        files.Find(other => string.Equals(Path.GetFileName(other), Path.GetFileName(file), StringComparison.OrdinalIgnoreCase));

    // "_._" marks a framework for which a package brings nothing.
    private static List<string> Files(JsonElement library, string kind, string folder) =>
        [.. Members(library, kind).Select(file => file.Name).Where(file => !file.EndsWith("_._", StringComparison.Ordinal)).Select(file => Path.GetFullPath(Path.Combine(folder, file)))];

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default;
}
