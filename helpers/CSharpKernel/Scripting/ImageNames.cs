using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace CSharpKernel.Scripting;

/// <summary>Changes names where they stand in an assembly that is in memory.</summary>
internal static class ImageNames
{
    /// <summary>Writes over the beginning of a name.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="file">The same assembly, as it is read.</param>
    /// <param name="name">The name.</param>
    /// <param name="text">What it is to begin with; no longer than the name.</param>
    public static void Overwrite(byte[] image, PEReader file, StringHandle name, string text)
    {
        var metadata = file.GetMetadataReader();
        var place = file.PEHeaders.MetadataStartOffset + metadata.GetHeapMetadataOffset(HeapIndex.String) + metadata.GetHeapOffset(name);
        Encoding.UTF8.GetBytes(text, image.AsSpan(place));
    }
}
