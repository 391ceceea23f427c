using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>
/// References to files. The compiler does not know them as files but by what they display: of each file that it knows, it opens the
/// headers again for the debug information of every cell.
/// </summary>
internal static class FileReference
{
    /// <summary>Reads an assembly, with the documentation beside it.</summary>
    /// <param name="path">The assembly.</param>
    /// <param name="properties">Its aliases; default none.</param>
    public static PortableExecutableReference Read(string path, MetadataReferenceProperties properties = default)
    {
        using var file = File.OpenRead(path);
        var metadata = AssemblyMetadata.CreateFromStream(file, PEStreamOptions.PrefetchEntireImage);
        return metadata.GetReference(LazyDocumentation.For(path), properties.Aliases, properties.EmbedInteropTypes, filePath: null, display: path);
    }
}
