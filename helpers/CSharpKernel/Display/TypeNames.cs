using System.Runtime.CompilerServices;

namespace CSharpKernel.Display;

/// <summary>Names types as a C# programmer writes them.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(char)] = "char",
        [typeof(decimal)] = "decimal", [typeof(double)] = "double", [typeof(float)] = "float", [typeof(int)] = "int",
        [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(short)] = "short",
        [typeof(ushort)] = "ushort", [typeof(string)] = "string", [typeof(object)] = "object", [typeof(void)] = "void",
    };

    /// <summary>A name such as <c>Dictionary&lt;string, int[]&gt;</c>, without namespaces and without the classes that cells become.</summary>
    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying) + "?";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (IsAnonymous(type))
            return "anonymous object";
        var name = type.Name;
        var arguments = type.GetGenericArguments();
        if (typeof(ITuple).IsAssignableFrom(type) && name.StartsWith("ValueTuple`", StringComparison.Ordinal))
            return $"({string.Join(", ", arguments.Select(Of))})";
        if (name.IndexOf('`', StringComparison.Ordinal) is var tick and > 0)
            name = name[..tick];
        return arguments.Length == 0 ? name : $"{name}<{string.Join(", ", arguments.Select(Of))}>";
    }

    /// <summary>A name with its namespace, such as <c>System.Collections.Generic.List&lt;int&gt;</c>.</summary>
    public static string Full(Type type)
    {
        if (type.IsGenericParameter || type.IsArray || Nullable.GetUnderlyingType(type) is not null)
            return Of(type);
        var name = Keywords.ContainsKey(type) ? type.Name : Of(type);
        for (var outer = type.DeclaringType; outer is not null && !IsSubmission(outer); outer = outer.DeclaringType)
            name = $"{Of(outer)}.{name}";
        return string.IsNullOrEmpty(type.Namespace) ? name : $"{type.Namespace}.{name}";
    }

    /// <summary>Whether a type is a class that a cell became.</summary>
    public static bool IsSubmission(Type type) => type.Name.StartsWith("Submission#", StringComparison.Ordinal);

    /// <summary>Whether a type was made by the compiler for <c>new { … }</c>.</summary>
    public static bool IsAnonymous(Type type) => type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal);
}
