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
/// begin most methods with a look at the stack, but that makes a small method many times slower; so the look is taken out again
/// where a method cannot come back to itself, and put into what the compiler leaves without.
/// </summary>
internal static class StackProbes
{
    /// <summary>How long a call of a probe is, in bytes.</summary>
    public const int ProbeLength = 5;

    /// <summary>What the compiler is to add: nothing for code without functions of its own.</summary>
    public static ImmutableArray<InstrumentationKind> For(Compilation compilation) =>
        compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes()).Any(node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax
            or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or TypeDeclarationSyntax)
            ? [InstrumentationKind.StackOverflowProbing]
            : [];

    /// <summary>Takes the probes that can never fire out of an assembly, and adds those that it lacks.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="symbols">Its debug information, a portable PDB.</param>
    public static void Place(MemoryStream image, MemoryStream symbols)
    {
        using var file = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(image.ToArray()));
        var metadata = file.GetMetadataReader();
        if (FindProbe(metadata) is not { } probe)
            return;
        var graph = new CallGraph(metadata);
        var probed = new List<(MethodDefinitionHandle Method, int Offset)>();
        var candidates = new List<(MethodDefinitionHandle Method, bool IsAsync)>();
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
                continue;
            var code = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!.AsSpan();
            var isProbed = code.Length >= ProbeLength && code[0] == CodeReader.Call && BinaryPrimitives.ReadInt32LittleEndian(code[1..]) == probe;
            if (isProbed)
            {
                probed.Add((handle, OffsetOf(file.PEHeaders, method.RelativeVirtualAddress)));
                code = code[ProbeLength..];
            }

            graph.Add(handle, code);
            var isAsync = StartsAsync(metadata, method);
            if ((!isProbed || isAsync) && !IsPlumbing(metadata, method))
                candidates.Add((handle, isAsync));
        }

        var assembly = image.GetBuffer();
        foreach (var (method, offset) in probed)
            if (IsPlumbing(metadata, metadata.GetMethodDefinition(method)) || !graph.CanRecurse(method))
                assembly.AsSpan(offset + HeaderLength(assembly[offset]), ProbeLength).Clear();
        candidates.RemoveAll(candidate => !graph.CanRecurse(candidate.Method));
        if (candidates.Count > 0)
            ProbeInserter.Insert(image, symbols, file, candidates, probe);
    }

    // What runs a cell; what cleans up, which must not fail when the stack is nearly full; and the body of an async method, whose errors
    // would be nobody's when it goes on later: its start looks at the stack.
    private static bool IsPlumbing(MetadataReader metadata, MethodDefinition method)
    {
        var name = metadata.GetString(method.Name);
        if (name is "<Initialize>" or "<Factory>" or "<Main>" || name.StartsWith("<>m__Finally", StringComparison.Ordinal))
            return true;
        var type = metadata.GetTypeDefinition(method.GetDeclaringType());
        return name switch
        {
            "System.IDisposable.Dispose" => metadata.GetString(type.Name).StartsWith('<'),
            "MoveNext" => IsAsync(metadata, type),
            _ => false,
        };
    }

    private static bool StartsAsync(MetadataReader metadata, MethodDefinition method) =>
        metadata.GetString(method.Name).EndsWith(".MoveNextAsync", StringComparison.Ordinal)
            ? IsAsync(metadata, metadata.GetTypeDefinition(method.GetDeclaringType()))
            : method.GetCustomAttributes().Any(each => metadata.GetCustomAttribute(each).Constructor is { Kind: HandleKind.MemberReference } constructor
                && metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type
                && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)type).Name, nameof(AsyncStateMachineAttribute)));

    private static bool IsAsync(MetadataReader metadata, TypeDefinition type) =>
        type.GetMethods().Any(each => metadata.StringComparer.Equals(metadata.GetMethodDefinition(each).Name, "SetStateMachine")
            || metadata.GetString(metadata.GetMethodDefinition(each).Name).EndsWith(".SetStateMachine", StringComparison.Ordinal));

    private static int? FindProbe(MetadataReader metadata)
    {
        foreach (var handle in metadata.MemberReferences)
            if (metadata.StringComparer.Equals(metadata.GetMemberReference(handle).Name, nameof(RuntimeHelpers.EnsureSufficientExecutionStack)))
                return MetadataTokens.GetToken(handle);
        return null;
    }

    /// <summary>Where a method's code begins in an assembly's file.</summary>
    /// <param name="headers">The file's headers.</param>
    /// <param name="address">The method's address.</param>
    /// <param name="image">The file.</param>
    public static int OffsetOfCode(PEHeaders headers, int address, ReadOnlySpan<byte> image)
    {
        var start = OffsetOf(headers, address);
        return start + HeaderLength(image[start]);
    }

    private static int OffsetOf(PEHeaders headers, int address)
    {
        var section = headers.SectionHeaders[headers.GetContainingSectionIndex(address)];
        return address - section.VirtualAddress + section.PointerToRawData;
    }

    // The two low bits tell a header of one byte from one of twelve (ECMA-335, II.25.4).
    private static int HeaderLength(byte first) => (first & 3) == 2 ? 1 : 12;
}
