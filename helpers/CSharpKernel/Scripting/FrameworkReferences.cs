using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>
/// The assemblies of .NET that every cell may use. The SDK's reference assemblies are preferred: they are a tenth
/// of the size of the runtime's own files and have their documentation beside them.
/// </summary>
internal static class FrameworkReferences
{
    private static readonly Lazy<string> FoundDirectory = new(Find);
    private static readonly Lazy<IReadOnlyDictionary<string, MetadataReference>> All = new(Load);

    /// <summary>The folder the references come from.</summary>
    public static string Directory => FoundDirectory.Value;

    /// <summary>The references by the assembly's simple name.</summary>
    public static IReadOnlyDictionary<string, MetadataReference> ByName => All.Value;

    private static string Find()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var pack = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!System.IO.Directory.Exists(pack))
            return runtime;
        return System.IO.Directory.EnumerateDirectories(pack)
            .Select(folder => (Folder: folder, Version: System.Version.TryParse(Path.GetFileName(folder), out var version) ? version : null))
            .Where(candidate => candidate.Version?.Major == Environment.Version.Major)
            .OrderByDescending(candidate => candidate.Version)
            .Select(candidate => Path.Combine(candidate.Folder, "ref", $"net{Environment.Version.Major}.{Environment.Version.Minor}"))
            .FirstOrDefault(System.IO.Directory.Exists) ?? runtime;
    }

    private static Dictionary<string, MetadataReference> Load() =>
        System.IO.Directory.EnumerateFiles(Directory, "*.dll")
            .Where(ManagedAssembly.Is)
            .ToDictionary(
                file => Path.GetFileNameWithoutExtension(file),
                MetadataReference (file) => MetadataReference.CreateFromFile(file, documentation: LazyDocumentation.For(file)),
                StringComparer.OrdinalIgnoreCase);
}
