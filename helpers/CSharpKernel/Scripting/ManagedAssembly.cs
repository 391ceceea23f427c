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
        using var file = new PEReader(stream);
        if (!HasMetadata(file))
            return null;
        var metadata = file.GetMetadataReader();
        return metadata.IsAssembly ? metadata.GetAssemblyDefinition().Version : null;
    }

    /// <summary>Whether an open file is one of .NET's at all.</summary>
    public static bool HasMetadata(PEReader file)
    {
        try
        {
            return file.HasMetadata;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
