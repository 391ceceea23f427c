using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace CSharpKernel.Scripting.Recursion;

/// <summary>Who calls whom in a cell's assembly, as far as its code says.</summary>
internal sealed class CallGraph
{
    // What these do with numbers and lists never comes back to a cell's code.
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "Math", "MathF", "Object", "String", "Char", "Int32", "Int64", "Double", "Single", "Boolean", "Random", "List`1", "Span`1", "ReadOnlySpan`1",
        "RuntimeHelpers", "Nullable`1", "DateTime", "TimeSpan", "Stopwatch",
    };

    private readonly MetadataReader _metadata;
    private readonly ILookup<string, MethodDefinitionHandle> _byName;
    private readonly Dictionary<MethodDefinitionHandle, HashSet<MethodDefinitionHandle>> _calls = [];
    private readonly HashSet<MethodDefinitionHandle> _callsOut = [];
    private readonly HashSet<MethodDefinitionHandle> _calledFromOutside = [];
    private readonly HashSet<MethodDefinitionHandle> _probed = [];
    private readonly Lazy<HashSet<MethodDefinitionHandle>> _underUnprobed;

    /// <summary>An empty graph of an assembly.</summary>
    public CallGraph(MetadataReader metadata)
    {
        _metadata = metadata;
        _underUnprobed = new(FindUnderUnprobed);
        _byName = metadata.MethodDefinitions.ToLookup(handle => metadata.GetString(metadata.GetMethodDefinition(handle).Name));
    }

    /// <summary>Adds a method with its code.</summary>
    public void Add(MethodDefinitionHandle method, ReadOnlySpan<byte> code, bool isProbed)
    {
        if (isProbed)
            _probed.Add(method);
        if (_metadata.GetMethodDefinition(method).Attributes.HasFlag(MethodAttributes.Virtual))
            _calledFromOutside.Add(method);
        var calls = _calls[method] = [];
        CodeReader.Read(
            code,
            (token, isVirtual) =>
            {
                if (Find(token, isVirtual, calls) is false)
                    _callsOut.Add(method);
            },
            token => Find(token, isVirtual: true, _calledFromOutside));
    }

    /// <summary>Whether a method can come to call itself, by itself or by way of code outside of the cell.</summary>
    public bool CanRecurse(MethodDefinitionHandle method)
    {
        var reached = Reach(method);
        if (_calls.GetValueOrDefault(method)?.Contains(method) == true || reached.Any(each => _calls.GetValueOrDefault(each)?.Contains(method) == true))
            return true;
        return (_callsOut.Contains(method) || reached.Overlaps(_callsOut)) && (_calledFromOutside.Contains(method) || _underUnprobed.Value.Contains(method));
    }

    // What a lambda of a cell's own statements calls: the compiler puts no probe into such lambdas.
    private HashSet<MethodDefinitionHandle> FindUnderUnprobed()
    {
        var found = new HashSet<MethodDefinitionHandle>();
        foreach (var method in _calledFromOutside.Where(method => !_probed.Contains(method)))
            found.UnionWith(Reach(method));
        return found;
    }

    private HashSet<MethodDefinitionHandle> Reach(MethodDefinitionHandle method)
    {
        var seen = new HashSet<MethodDefinitionHandle>();
        var open = new Stack<MethodDefinitionHandle>([method]);
        while (open.TryPop(out var current))
            foreach (var called in _calls.GetValueOrDefault(current) ?? [])
                if (seen.Add(called))
                    open.Push(called);
        return seen;
    }

    // False when the method is not one of the cell's, and may call back.
    private bool Find(int token, bool isVirtual, HashSet<MethodDefinitionHandle> found)
    {
        var handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind == HandleKind.MethodSpecification)
            handle = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        if (handle.Kind == HandleKind.MethodDefinition)
        {
            var definition = (MethodDefinitionHandle)handle;
            if (isVirtual && _metadata.GetMethodDefinition(definition).Attributes.HasFlag(MethodAttributes.Virtual))
                found.UnionWith(_byName[_metadata.GetString(_metadata.GetMethodDefinition(definition).Name)]);
            else
                found.Add(definition);
            return true;
        }

        if (handle.Kind != HandleKind.MemberReference)
            return false;
        var reference = _metadata.GetMemberReference((MemberReferenceHandle)handle);
        var type = reference.Parent;
        if (type.Kind == HandleKind.TypeSpecification)
            type = GenericType(_metadata.GetTypeSpecification((TypeSpecificationHandle)type).Signature);
        switch (type.Kind)
        {
            case HandleKind.TypeDefinition:
                // A generic type of the cell: its methods are known by name.
                found.UnionWith(_byName[_metadata.GetString(reference.Name)]);
                return true;
            case HandleKind.TypeReference when !isVirtual || _metadata.GetString(reference.Name) is not ("ToString" or "Equals" or "GetHashCode"):
                return Harmless.Contains(_metadata.GetString(_metadata.GetTypeReference((TypeReferenceHandle)type).Name))
                    && _metadata.GetString(reference.Name) is not ("Concat" or "Format" or "Join" or "Equals" or "ReferenceEquals" or "Sort" or "ForEach" or "FindAll" or "Contains" or "IndexOf");
            default:
                return false;
        }
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
