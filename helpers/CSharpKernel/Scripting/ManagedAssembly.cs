using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CSharpKernel.Scripting;

/// <summary>Tells assemblies from native libraries and other files.</summary>
internal static class ManagedAssembly
{
    /// <summary>Whether a file is an assembly that cells can be compiled against.</summary>
    public static bool Is(string path) => ReadVersion(path) is not null;

    /// <summary>Reads an assembly's version without loading it.</summary>
    /// <returns>Null when the file is no assembly.</returns>
    public static Version? ReadVersion(string path)
    {
        using var stream = File.OpenRead(path);
        try
        {
            using var file = new PEReader(stream);
            if (!file.HasMetadata)
                return null;
            var metadata = file.GetMetadataReader();
            return metadata.IsAssembly ? metadata.GetAssemblyDefinition().Version : null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }
}
