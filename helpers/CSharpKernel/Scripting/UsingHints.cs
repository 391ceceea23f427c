using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>Finds the using directive that an unknown name lacks.</summary>
internal static class UsingHints
{
    private const int Limit = 3;

    /// <summary>A hint for a name that the compiler does not know, if a type of that name exists in a reference.</summary>
    public static string? For(Diagnostic diagnostic, Compilation compilation)
    {
        // CS0246: type or namespace not found; CS0103: name does not exist in this context.
        if (diagnostic.Id is not ("CS0246" or "CS0103") || diagnostic.Location.SourceTree?.GetText() is not { } text)
            return null;
        var written = text.ToString(diagnostic.Location.SourceSpan);
        var name = written.Split('<')[0];
        var spaces = Namespaces(compilation.GlobalNamespace)
            .Where(space => space.GetTypeMembers(name).Any(type => type.DeclaredAccessibility == Accessibility.Public))
            .Select(space => space.ToDisplayString())
            .Order(StringComparer.Ordinal)
            .Take(Limit)
            .ToList();
        return spaces.Count == 0 ? null : $"Hint: {name} is known after {string.Join(" or ", spaces.Select(space => $"using {space};"))}";
    }

    private static IEnumerable<INamespaceSymbol> Namespaces(INamespaceSymbol space) =>
        space.GetNamespaceMembers().SelectMany(inner => Namespaces(inner).Prepend(inner));
}
