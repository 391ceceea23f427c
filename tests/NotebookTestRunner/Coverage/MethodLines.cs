using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NotebookTestRunner.Coverage;

/// <summary>The lines of source of an assembly's methods, from its portable PDB; what source generators made aside.</summary>
internal static class MethodLines
{
    /// <summary>Reads them: for each method with code the files and lines at which its statements begin. Empty without a PDB.</summary>
    /// <param name="assemblyPath">The assembly's file; its PDB is inside or beside it.</param>
    public static ILookup<MethodName, (string File, int Line)> Read(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        if (!file.TryOpenAssociatedPortablePdb(assemblyPath, path => File.Exists(path) ? File.OpenRead(path) : null, out var provider, out _))
            return Enumerable.Empty<KeyValuePair<MethodName, (string, int)>>().ToLookup(pair => pair.Key, pair => pair.Value);
        using (provider)
        {
            var metadata = file.GetMetadataReader();
            var symbols = provider!.GetMetadataReader();
            return metadata.MethodDefinitions.SelectMany(method => Of(metadata, symbols, method)).ToLookup(pair => pair.Method, pair => pair.Line);
        }
    }

    private static List<(MethodName Method, (string File, int Line) Line)> Of(MetadataReader metadata, MetadataReader symbols, MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        var name = new MethodName(PublicMethods.FullName(metadata, metadata.GetTypeDefinition(method.GetDeclaringType())), metadata.GetString(method.Name));
        return
        [
            .. symbols.GetMethodDebugInformation(handle).GetSequencePoints().Where(point => !point.IsHidden)
                .Select(point => (File: symbols.GetString(symbols.GetDocument(point.Document).Name), point.StartLine))
                .Where(line => !line.File.EndsWith(".g.cs", StringComparison.Ordinal)).Distinct().Select(line => (name, line)),
        ];
    }
}
