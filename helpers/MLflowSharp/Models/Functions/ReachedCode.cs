using System.Reflection;

namespace MLflowSharp;

/// <summary>
/// Follows a function of a notebook's cell through all code of cells that it can come to, and finds which assemblies that needs, and which
/// variables of the notebook it uses.
/// </summary>
/// <param name="memory">Gives the copies of cells' assemblies, of which the code is read.</param>
internal sealed class ReachedCode(MemoryAssemblies memory)
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly HashSet<MemberInfo> _seen = [];
    private readonly Queue<MemberInfo> _next = [];

    /// <summary>Assemblies in files, and copies of those that are in none.</summary>
    public HashSet<Assembly> Assemblies { get; } = [];

    /// <summary>The variables, by their names; static fields that can be changed, by type and name.</summary>
    public SortedSet<string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Follows a method of a copy.</summary>
    public void Follow(MethodBase method)
    {
        Add(method);
        while (_next.TryDequeue(out var member))
        {
            if (member is Type type)
                FollowType(type);
            else if (member is MethodBase called)
                FollowMethod(called);
        }
    }

    /// <summary>Whether a type holds the variables of a cell. The compiler gives such a class a method that makes one (Roslyn's scripts).</summary>
    public static bool IsCell(Type type) => type.GetMethod("<Factory>", All) is not null;

    private void FollowMethod(MethodBase method)
    {
        foreach (var parameter in method.GetParameters())
            Add(parameter.ParameterType);
        if (method is MethodInfo { ReturnType: var returned })
            Add(returned);
        foreach (var member in MethodCode.MembersOf(method))
        {
            if (member is FieldInfo field)
                AddField(field);
            else
                Add(member);
        }
    }

    // Of an ordinary type any method may be called through a base class or an interface; of a cell, and of the compiler's own types, only what is named.
    private void FollowType(Type type)
    {
        if (type.BaseType is { } parent)
            Add(parent);
        foreach (var contract in type.GetInterfaces())
            Add(contract);
        foreach (var field in type.GetFields(All).Where(field => field.FieldType.IsValueType || !IsCell(type)))
            Add(field.FieldType);
        if (IsCell(type) || (type.Name.StartsWith('<') && type.GetInterfaces().Length == 0))
            return;
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            Add(method);
    }

    private void AddField(FieldInfo field)
    {
        Add(field.DeclaringType!);
        Add(field.FieldType);
        if (!IsOfMemory(field.DeclaringType!) || field.IsLiteral)
            return;
        if (IsCell(field.DeclaringType!))
        {
            // What the compiler itself keeps there are the cells before, which bring their functions and no values.
            if (!field.Name.StartsWith('<'))
                Variables.Add(field.Name);
            else if (field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal))
                Variables.Add(field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)]);
        }
        else if (field is { IsStatic: true, IsInitOnly: false } && !field.Name.StartsWith('<') && !field.DeclaringType!.Name.StartsWith('<'))
        {
            Variables.Add($"{field.DeclaringType.Name}.{field.Name}");
        }
    }

    private void Add(MemberInfo member)
    {
        if (member is Type type)
        {
            foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : [])
                Add(argument);
            while (type.HasElementType)
                type = type.GetElementType()!;
            if (type.IsGenericParameter)
                return;
            member = type = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
            if (!IsOfMemory(type))
            {
                Assemblies.Add(type.Assembly);
                return;
            }

            Assemblies.Add(type.Assembly);
        }
        else if (member is MethodBase method)
        {
            foreach (var argument in method.IsGenericMethod ? method.GetGenericArguments() : [])
                Add(argument);
            if (method.DeclaringType is { } owner)
                Add(owner);
            if (method.DeclaringType is not { } declaring || !IsOfMemory(declaring))
                return;
            member = Definition(method);
        }

        if (_seen.Add(member))
            _next.Enqueue(member);
    }

    // Code is that of the generic method itself, whatever it is used with.
    private static MethodBase Definition(MethodBase method)
    {
        var plain = method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : method;
        return plain.DeclaringType is { IsGenericType: true, IsGenericTypeDefinition: false } ? plain.Module.ResolveMethod(plain.MetadataToken)! : plain;
    }

    private bool IsOfMemory(Type type) => memory.ImageOf(type.Assembly) is not null;
}
