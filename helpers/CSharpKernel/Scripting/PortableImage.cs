using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using CSharpKernel.Execution;
using CSharpKernel.Scripting.Recursion;

namespace CSharpKernel.Scripting;

/// <summary>What a cell became, as another program can use it: without the checks that let its loops be interrupted, which are this kernel's.</summary>
internal static class PortableImage
{
    /// <summary>Takes the checks out of a copy of an assembly.</summary>
    /// <param name="image">The assembly of a cell.</param>
    public static byte[] Of(byte[] image)
    {
        var copy = (byte[])image.Clone();
        using var file = new PEReader(ImmutableArray.Create(image));
        var metadata = file.GetMetadataReader();
        if (FindCheck(metadata) is not { } check)
            return copy;
        foreach (var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
        {
            var code = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!;
            var start = StackProbes.OffsetOfCode(file.PEHeaders, method.RelativeVirtualAddress, image);
            // A call without arguments and without a result leaves nothing behind when nothing stands there.
            CodeReader.Read(code, (at, token, _) =>
            {
                if (token == check)
                    copy.AsSpan(start + at, StackProbes.ProbeLength).Clear();
            });
        }

        return copy;
    }

    private static int? FindCheck(MetadataReader metadata)
    {
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (metadata.StringComparer.Equals(member.Name, nameof(LoopCheck.Check)) && member.Parent.Kind == HandleKind.TypeReference
                && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name, nameof(LoopCheck)))
            {
                return MetadataTokens.GetToken(handle);
            }
        }

        return null;
    }
}
