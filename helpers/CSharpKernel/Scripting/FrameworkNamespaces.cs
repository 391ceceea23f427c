using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CSharpKernel.Scripting;

/// <summary>Which assemblies of .NET have public types in a namespace. Read when the first cell names a namespace, which takes some milliseconds.</summary>
internal static class FrameworkNamespaces
{
    private static readonly Lazy<ILookup<string, string>> Index = new(() => FrameworkReferences.Names
        .SelectMany(name => Read(Path.Combine(FrameworkReferences.Directory, name + ".dll")).Select(space => (Space: space, Name: name)))
        .ToLookup(pair => pair.Space, pair => pair.Name, StringComparer.Ordinal));

    /// <summary>The names of the assemblies that have public types in a namespace; none for other names.</summary>
    public static IEnumerable<string> AssembliesOf(string space) => Index.Value[space];

    private static HashSet<string> Read(string path)
    {
        var spaces = new HashSet<string>(StringComparer.Ordinal);
        using var stream = File.OpenRead(path);
        using var file = new PEReader(stream);
        if (!ManagedAssembly.HasMetadata(file))
            return spaces;
        var metadata = file.GetMetadataReader();
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if ((type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
                spaces.Add(metadata.GetString(type.Namespace));
        }

        return spaces;
    }
}
