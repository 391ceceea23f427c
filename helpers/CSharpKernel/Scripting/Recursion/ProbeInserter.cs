using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace CSharpKernel.Scripting.Recursion;

/// <summary>
/// Puts a probe before the code of methods that the compiler left without: lambdas among a cell's own statements, what starts an async
/// method, what it writes for records. Their code is copied behind everything else, into a section of its own; branches are relative, so
/// only the protected regions and the debug information move.
/// </summary>
internal static class ProbeInserter
{
    private const int SectionHeaderLength = 40;
    private const int ReadableCode = 0x60000020;

    // ldc.i4 1024, conv.u, localloc, pop (ECMA-335, partition III).
    private static readonly byte[] TakeStack = [0x20, 0x00, 0x04, 0x00, 0x00, 0xE0, 0xFE, 0x0F, 0x26];

    /// <summary>
    /// Adds the probes. What starts an async method also takes some stack for nothing: each of these that has not returned rethrows the
    /// error, which takes the longer the more there are, so they are to be thousands and not tens of thousands.
    /// </summary>
    /// <param name="image">The assembly.</param>
    /// <param name="symbols">Its debug information, a portable PDB.</param>
    /// <param name="file">The same assembly, as it is read.</param>
    /// <param name="methods">The methods, and whether they start an async method.</param>
    /// <param name="probe">The token of the method to call.</param>
    /// <exception cref="BadImageFormatException">The assembly has no room for a section.</exception>
    public static void Insert(MemoryStream image, MemoryStream symbols, PEReader file, IReadOnlyCollection<(MethodDefinitionHandle Method, bool IsAsync)> methods, int probe)
    {
        var headers = file.PEHeaders;
        var header = headers.PEHeader!;
        var entry = headers.PEHeaderStartOffset + headers.CoffHeader.SizeOfOptionalHeader + (headers.SectionHeaders.Length * SectionHeaderLength);
        if (entry + SectionHeaderLength > header.SizeOfHeaders)
            throw new BadImageFormatException("The C# compiler lays out assemblies in another way than this kernel knows. Use the version of Microsoft.CodeAnalysis that the kernel was built with.");
        var last = headers.SectionHeaders[^1];
        var address = Align(last.VirtualAddress + Math.Max(last.VirtualSize, last.SizeOfRawData), header.SectionAlignment);
        var metadata = file.GetMetadataReader();
        var rows = headers.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.MethodDef);
        var assembly = image.GetBuffer();
        var code = new BlobBuilder();
        foreach (var (handle, isAsync) in methods)
        {
            code.Align(4);
            var row = rows + ((MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(TableIndex.MethodDef));
            var body = file.GetMethodBody(metadata.GetMethodDefinition(handle).RelativeVirtualAddress);
            BinaryPrimitives.WriteInt32LittleEndian(assembly.AsSpan(row), address + code.Count);
            Write(code, body, Prologue(probe, isAsync));
        }

        var length = code.Count;
        code.Align(header.FileAlignment);
        var start = Align((int)image.Length, header.FileAlignment);
        var section = assembly.AsSpan(entry, SectionHeaderLength);
        ".calls\0\0"u8.CopyTo(section);
        BinaryPrimitives.WriteInt32LittleEndian(section[8..], length);
        BinaryPrimitives.WriteInt32LittleEndian(section[12..], address);
        BinaryPrimitives.WriteInt32LittleEndian(section[16..], code.Count);
        BinaryPrimitives.WriteInt32LittleEndian(section[20..], start);
        section[24..36].Clear();
        BinaryPrimitives.WriteInt32LittleEndian(section[36..], ReadableCode);
        BinaryPrimitives.WriteInt16LittleEndian(assembly.AsSpan(headers.CoffHeaderStartOffset + 2), (short)(headers.SectionHeaders.Length + 1));
        BinaryPrimitives.WriteInt32LittleEndian(assembly.AsSpan(headers.PEHeaderStartOffset + 56), Align(address + length, header.SectionAlignment));
        image.SetLength(start);
        image.Position = start;
        code.WriteContentTo(image);
        MoveLines(symbols, methods.Where(each => !each.IsAsync).Select(each => each.Method));
    }

    private static byte[] Prologue(int probe, bool isAsync)
    {
        byte[] call = [CodeReader.Call, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(call.AsSpan(1), probe);
        return isAsync ? [.. call, .. TakeStack] : call;
    }

    // Lines go with the code; what starts an async method has none.
    private static void MoveLines(MemoryStream symbols, IEnumerable<MethodDefinitionHandle> methods)
    {
        symbols.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols, MetadataStreamOptions.LeaveOpen | MetadataStreamOptions.PrefetchMetadata);
        var reader = provider.GetMetadataReader();
        var moved = new HashSet<BlobHandle>();
        foreach (var method in methods)
        {
            var information = reader.GetMethodDebugInformation(method.ToDebugInformationHandle());
            if (information.SequencePointsBlob.IsNil || !moved.Add(information.SequencePointsBlob))
                continue;
            var points = reader.GetBlobReader(information.SequencePointsBlob);
            var prefix = points.Length < 0x80 ? 1 : points.Length < 0x4000 ? 2 : 4;
            var start = reader.GetHeapMetadataOffset(HeapIndex.Blob) + reader.GetHeapOffset(information.SequencePointsBlob) + prefix;
            // Each point tells how far it is from the one before, so moving the second moves the rest; the first stays, for the probe itself.
            if (SecondPoint(points, information.Document.IsNil) is { } at)
                symbols.GetBuffer()[start + at] += StackProbes.ProbeLength;
        }
    }

    // Where the second point's distance stands, if it has a single byte that can grow (Portable PDB, Sequence Points Blob).
    private static int? SecondPoint(BlobReader points, bool namesDocument)
    {
        points.ReadCompressedInteger();
        if (namesDocument)
            points.ReadCompressedInteger();
        var first = points.Offset;
        points.ReadCompressedInteger();
        var lines = points.ReadCompressedInteger();
        var columns = lines == 0 ? points.ReadCompressedInteger() : points.ReadCompressedSignedInteger();
        if (lines != 0 || columns != 0)
        {
            points.ReadCompressedInteger();
            points.ReadCompressedInteger();
        }

        if (points.RemainingBytes == 0)
            return null;
        var second = points.Offset;
        return points.ReadByte() is > 0 and < 0x80 - StackProbes.ProbeLength ? second : first;
    }

    // A method with a header of twelve bytes, and regions of 24 bytes each (ECMA-335, II.25.4).
    private static void Write(BlobBuilder to, MethodBodyBlock body, byte[] prologue)
    {
        var code = body.GetILBytes()!;
        var regions = body.ExceptionRegions;
        to.WriteUInt16((ushort)(0x3003 | (regions.IsEmpty ? 0 : 8) | (body.LocalVariablesInitialized ? 16 : 0)));
        to.WriteUInt16((ushort)Math.Max(body.MaxStack, 1));
        to.WriteInt32(code.Length + prologue.Length);
        to.WriteInt32(body.LocalSignature.IsNil ? 0 : MetadataTokens.GetToken(body.LocalSignature));
        to.WriteBytes(prologue);
        to.WriteBytes(code);
        if (regions.IsEmpty)
            return;
        to.Align(4);
        to.WriteInt32(0x41 | (((regions.Length * 24) + 4) << 8));
        foreach (var region in regions)
        {
            to.WriteInt32((int)region.Kind);
            to.WriteInt32(region.TryOffset + prologue.Length);
            to.WriteInt32(region.TryLength);
            to.WriteInt32(region.HandlerOffset + prologue.Length);
            to.WriteInt32(region.HandlerLength);
            to.WriteInt32(region.Kind switch
            {
                ExceptionRegionKind.Catch => MetadataTokens.GetToken(region.CatchType),
                ExceptionRegionKind.Filter => region.FilterOffset + prologue.Length,
                _ => 0,
            });
        }
    }

    private static int Align(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
