using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace CSharpKernel.Scripting.Recursion;

/// <summary>
/// Turns endless recursion in a cell into an exception: a stack that overflows takes the whole kernel with it. The compiler can
/// begin each method with a look at the stack, but that makes a small method many times slower; so the look is taken out again
/// where a method cannot come back to itself.
/// </summary>
internal static class StackProbes
{
    private const int ProbeLength = 5;

    /// <summary>What the compiler is to add: nothing for code without functions of its own.</summary>
    public static ImmutableArray<InstrumentationKind> For(Compilation compilation) =>
        compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes()).Any(node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax
            or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or TypeDeclarationSyntax)
            ? [InstrumentationKind.StackOverflowProbing]
            : [];

    /// <summary>Takes the probes that can never fire out of an assembly.</summary>
    public static void Thin(MemoryStream image)
    {
        var assembly = image.GetBuffer();
        using var file = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(assembly));
        var metadata = file.GetMetadataReader();
        if (FindProbe(metadata) is not { } probe)
            return;
        var graph = new CallGraph(metadata);
        var probed = new List<(MethodDefinitionHandle Method, int Offset)>();
        foreach (var handle in metadata.MethodDefinitions)
        {
            var address = metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
            if (address == 0)
                continue;
            var body = file.GetMethodBody(address);
            var code = body.GetILBytes()!.AsSpan();
            var offset = OffsetOf(file.PEHeaders, address);
            offset += HeaderLength(assembly[offset]);
            var isProbed = code.Length >= ProbeLength && code[0] == CodeReader.Call && BinaryPrimitives.ReadInt32LittleEndian(code[1..]) == probe;
            if (isProbed)
            {
                probed.Add((handle, offset));
                code = code[ProbeLength..];
            }

            graph.Add(handle, code, isProbed);
        }

        foreach (var (method, offset) in probed)
            if (!graph.CanRecurse(method))
                assembly.AsSpan(offset, ProbeLength).Clear();
    }

    private static int? FindProbe(MetadataReader metadata)
    {
        foreach (var handle in metadata.MemberReferences)
            if (metadata.StringComparer.Equals(metadata.GetMemberReference(handle).Name, nameof(RuntimeHelpers.EnsureSufficientExecutionStack)))
                return MetadataTokens.GetToken(handle);
        return null;
    }

    private static int OffsetOf(PEHeaders headers, int address)
    {
        var section = headers.SectionHeaders[headers.GetContainingSectionIndex(address)];
        return address - section.VirtualAddress + section.PointerToRawData;
    }

    // The two low bits tell a header of one byte from one of twelve (ECMA-335, II.25.4).
    private static int HeaderLength(byte first) => (first & 3) == 2 ? 1 : 12;
}
