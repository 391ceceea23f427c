namespace CSharpKernel.Display;

/// <summary>Measures how near a type is to one it derives from, so that of several formatters the nearest can be taken.</summary>
internal static class TypeDistance
{
    private const int Interface = 1000;
    private const int Root = 10_000;

    /// <summary>The distance; 0 for the type itself.</summary>
    /// <param name="type">The type of a value.</param>
    /// <param name="target">A type, an interface, or a generic one without arguments.</param>
    /// <returns>Null when the values of the one are none of the other.</returns>
    public static int? Between(Type type, Type target)
    {
        if (target == typeof(object))
            return ScalarText.IsType(type) ? null : Root;
        var steps = 0;
        for (var current = type; current is not null; current = current.BaseType, steps += 2)
        {
            if (current == target)
                return steps;
            if (IsMadeOf(current, target))
                return steps + 1;
        }

        if (!target.IsInterface || type == typeof(string))
            return null;
        // Of two interfaces, the one that builds on more others is the nearer one.
        return type.GetInterfaces()
            .Where(implemented => implemented == target || IsMadeOf(implemented, target))
            .Select(implemented => (int?)(Interface - (2 * implemented.GetInterfaces().Length) + (implemented == target ? 0 : 1)))
            .Concat(target.IsAssignableFrom(type) ? [Interface + 1] : [])
            .Min();
    }

    private static bool IsMadeOf(Type type, Type target) =>
        target.IsGenericTypeDefinition && type.IsGenericType && type.GetGenericTypeDefinition() == target;
}
