using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace CSharpKernel.Scripting.Recursion;

/// <summary>
/// Who calls whom in a cell's assembly, as far as its code says. Where it does not say (a delegate, an override, a library that calls
/// back), the method that makes such a call may come back to itself: later cells can put anything behind it. Calls of what earlier cells
/// declare cannot: those know nothing of later cells but by such a call of their own.
/// </summary>
internal sealed class CallGraph
{
    // What these do with numbers and text never comes back to a cell's code; nor can a cell derive from them.
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "Math", "MathF", "Object", "String", "Char", "Int32", "Int64", "Double", "Single", "Boolean", "Span`1", "ReadOnlySpan`1",
        "RuntimeHelpers", "Nullable`1", "DateTime", "TimeSpan", "Stopwatch", "LoopCheck",
    };

    private static readonly HashSet<string> HarmlessOfLists = new(StringComparer.Ordinal)
    {
        "get_Item", "set_Item", "get_Count", "Add", "Clear", "Insert", "RemoveAt", "ToArray", "Reverse", "GetEnumerator",
    };

    private readonly MetadataReader _metadata;
    private readonly ILookup<string, MethodDefinitionHandle> _byName;
    private readonly Dictionary<MethodDefinitionHandle, HashSet<MethodDefinitionHandle>> _calls = [];
    private readonly HashSet<MethodDefinitionHandle> _callsOut = [];

    /// <summary>An empty graph of an assembly.</summary>
    public CallGraph(MetadataReader metadata)
    {
        _metadata = metadata;
        _byName = metadata.MethodDefinitions.ToLookup(handle => SimpleName(metadata.GetMethodDefinition(handle).Name));
    }

    /// <summary>Adds a method with its code.</summary>
    public void Add(MethodDefinitionHandle method, ReadOnlySpan<byte> code)
    {
        var calls = _calls[method] = [];
        CodeReader.Read(
            code,
            (token, isVirtual) =>
            {
                if (!Find(token, isVirtual, calls))
                    _callsOut.Add(method);
            });
    }

    /// <summary>Whether a method can come to call itself, by itself or by way of code that is not known.</summary>
    public bool CanRecurse(MethodDefinitionHandle method) => _callsOut.Contains(method) || Reaches(method, method);

    private bool Reaches(MethodDefinitionHandle from, MethodDefinitionHandle to)
    {
        var seen = new HashSet<MethodDefinitionHandle>();
        var open = new Stack<MethodDefinitionHandle>([from]);
        while (open.TryPop(out var current))
            foreach (var called in _calls.GetValueOrDefault(current) ?? [])
            {
                if (called == to)
                    return true;
                if (seen.Add(called))
                    open.Push(called);
            }

        return false;
    }

    // False when it is not known what runs.
    private bool Find(int token, bool isVirtual, HashSet<MethodDefinitionHandle> found)
    {
        var handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind == HandleKind.MethodSpecification)
            handle = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        if (handle.Kind == HandleKind.MethodDefinition)
        {
            found.Add((MethodDefinitionHandle)handle);
            return !IsOpen((MethodDefinitionHandle)handle, isVirtual);
        }

        if (handle.Kind != HandleKind.MemberReference)
            return false;
        var reference = _metadata.GetMemberReference((MemberReferenceHandle)handle);
        var type = reference.Parent;
        if (type.Kind == HandleKind.TypeSpecification)
            type = GenericType(_metadata.GetTypeSpecification((TypeSpecificationHandle)type).Signature);
        var name = _metadata.GetString(reference.Name);
        switch (type.Kind)
        {
            case HandleKind.TypeDefinition:
                // A generic type of the cell: its methods are known by name.
                found.UnionWith(_byName[name]);
                return _byName[name].All(each => !IsOpen(each, isVirtual));
            case HandleKind.TypeReference:
                return IsHarmless(_metadata.GetTypeReference((TypeReferenceHandle)type), name, isVirtual);
            default:
                return false;
        }
    }

    private bool IsOpen(MethodDefinitionHandle handle, bool isVirtual)
    {
        var method = _metadata.GetMethodDefinition(handle);
        // What delegates do when they are invoked has no code of its own either.
        if (method.RelativeVirtualAddress == 0 && !method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
            return true;
        var isOpen = method.Attributes.HasFlag(MethodAttributes.Virtual) && !method.Attributes.HasFlag(MethodAttributes.Final)
            && !_metadata.GetTypeDefinition(method.GetDeclaringType()).Attributes.HasFlag(TypeAttributes.Sealed);
        return isOpen && (isVirtual || method.Attributes.HasFlag(MethodAttributes.Static));
    }

    private bool IsHarmless(TypeReference type, string name, bool isVirtual)
    {
        var typeName = _metadata.GetString(type.Name);
        if (typeName.StartsWith("Submission#", StringComparison.Ordinal))
            return true;
        var space = _metadata.GetString(type.Namespace);
        if (typeName == "List`1" && space == "System.Collections.Generic")
            return HarmlessOfLists.Contains(name);
        return Harmless.Contains(typeName) && (space.StartsWith("System", StringComparison.Ordinal) || space == "CSharpKernel.Execution")
            && name is not ("Concat" or "Format" or "Join" or "Create" or "Equals" or "Sort" or "Contains" or "IndexOf")
            && !(isVirtual && name is "ToString" or "GetHashCode");
    }

    // Explicit implementations carry their interface's name before their own.
    private string SimpleName(StringHandle handle)
    {
        var name = _metadata.GetString(handle);
        return name[0] == '.' ? name : name[(name.LastIndexOf('.') + 1)..];
    }

    // GENERICINST (0x15), CLASS or VALUETYPE, then the type (ECMA-335, II.23.2.14); anything else is an array or a parameter.
    private EntityHandle GenericType(BlobHandle signature)
    {
        var reader = _metadata.GetBlobReader(signature);
        if (reader.ReadByte() != 0x15)
            return default;
        reader.ReadByte();
        return reader.ReadTypeHandle();
    }
}
