namespace CSharpKernel.Dialect.Values;

/// <summary>Names types so that code can declare variables of them.</summary>
internal static class SourceTypeName
{
    /// <summary>For types that code cannot name: their members can be used all the same.</summary>
    public const string Unnamed = "dynamic";

    /// <summary>The full name of a type in C#.</summary>
    public static string Of(Type type)
    {
        if (type.IsArray)
        {
            var ranks = "";
            for (; type.IsArray; type = type.GetElementType()!)
                ranks += $"[{new string(',', type.GetArrayRank() - 1)}]";
            return Of(type) is var element && element == Unnamed ? Unnamed : element + ranks;
        }

        return IsNamed(type) ? Write(type, type.GetGenericArguments()) : Unnamed;
    }

    private static bool IsNamed(Type type) =>
        !type.IsPointer && !type.IsByRef && !type.IsByRefLike && type.IsVisible && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.GetGenericArguments().All(argument => Of(argument) != Unnamed);

    private static string Write(Type type, Type[] arguments)
    {
        var outer = type.DeclaringType;
        var isInCell = outer?.Name.StartsWith("Submission#", StringComparison.Ordinal) == true;
        var inherited = outer is null || isInCell ? 0 : outer.GetGenericArguments().Length;
        var own = arguments[inherited..];
        var name = type.Name.Split('`')[0] + (own.Length == 0 ? "" : $"<{string.Join(", ", own.Select(Of))}>");
        return outer is not null && !isInCell ? $"{Write(outer, arguments[..inherited])}.{name}"
            : isInCell || type.Namespace is null ? name
            : $"global::{type.Namespace}.{name}";
    }
}
