using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Scripting.Rewriting;

/// <summary>Finds the functions of a cell that can come to call themselves, also by way of others, by their names alone.</summary>
internal static class RecursiveNames
{
    /// <summary>Their names.</summary>
    public static HashSet<string> In(SyntaxNode root)
    {
        var calls = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var function in root.DescendantNodes())
        {
            var name = function switch
            {
                LocalFunctionStatementSyntax local => local.Identifier.ValueText,
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                _ => null,
            };
            if (name is null)
                continue;
            if (!calls.TryGetValue(name, out var called))
                calls[name] = called = new HashSet<string>(StringComparer.Ordinal);
            called.UnionWith(function.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(NameOf).OfType<string>());
        }

        return [.. calls.Keys.Where(name => IsReached(name, calls))];
    }

    private static bool IsReached(string name, Dictionary<string, HashSet<string>> calls)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([name]);
        while (open.TryPop(out var current))
            foreach (var called in calls[current])
            {
                if (called == name)
                    return true;
                if (calls.ContainsKey(called) && seen.Add(called))
                    open.Push(called);
            }

        return false;
    }

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax member => member.Name.Identifier.ValueText,
        _ => null,
    };
}
