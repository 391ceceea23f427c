using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace CSharpKernel.Scripting.Libraries;

/// <summary>
/// Makes what is internal in an assembly public, as the compiler itself does for scripts: a type written without a word
/// for its accessibility is to be of use in later cells, which are other assemblies.
/// </summary>
internal static class OpenedImage
{
    /// <summary>Changes the assembly in place.</summary>
    public static void Open(byte[] assembly)
    {
        using var file = new PEReader(ImmutableArray.Create(assembly));
        var metadata = file.GetMetadataReader();
        var start = file.PEHeaders.MetadataStartOffset;

        // Where the flags stand in a row of each table: ECMA-335, II.22.37, II.22.15 and II.22.26.
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            var visibility = (type.Attributes & TypeAttributes.VisibilityMask) switch
            {
                // What the compiler made for itself stays hidden.
                TypeAttributes.NotPublic when !metadata.GetString(type.Name).Contains('<', StringComparison.Ordinal) => TypeAttributes.Public,
                TypeAttributes.NestedAssembly or TypeAttributes.NestedFamORAssem => TypeAttributes.NestedPublic,
                var other => other,
            };
            var row = Row(metadata, start, TableIndex.TypeDef, MetadataTokens.GetRowNumber(handle));
            BinaryPrimitives.WriteInt32LittleEndian(assembly.AsSpan(row), (int)((type.Attributes & ~TypeAttributes.VisibilityMask) | visibility));
        }

        foreach (var handle in metadata.FieldDefinitions)
        {
            var row = Row(metadata, start, TableIndex.Field, MetadataTokens.GetRowNumber(handle));
            Widen(assembly, row, (int)metadata.GetFieldDefinition(handle).Attributes);
        }

        foreach (var handle in metadata.MethodDefinitions)
        {
            var row = Row(metadata, start, TableIndex.MethodDef, MetadataTokens.GetRowNumber(handle));
            Widen(assembly, row + sizeof(int) + sizeof(short), (int)metadata.GetMethodDefinition(handle).Attributes);
        }
    }

    private static int Row(MetadataReader metadata, int start, TableIndex table, int row) =>
        start + metadata.GetTableMetadataOffset(table) + ((row - 1) * metadata.GetTableRowSize(table));

    private static void Widen(byte[] assembly, int offset, int flags)
    {
        if ((flags & (int)MethodAttributes.MemberAccessMask) is (int)MethodAttributes.Assembly or (int)MethodAttributes.FamORAssem)
            BinaryPrimitives.WriteInt16LittleEndian(assembly.AsSpan(offset), (short)((flags & ~(int)MethodAttributes.MemberAccessMask) | (int)MethodAttributes.Public));
    }
}
