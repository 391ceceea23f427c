using System.Globalization;
using CSharpKernel.Dialect;
using JupyterProtocol;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Scripting;

/// <summary>Says what to do about the compiler's messages that beginners meet first.</summary>
internal static class DiagnosticHints
{
    private const int AnyLength = 2;

    /// <summary>A hint, if there is one.</summary>
    public static string? For(Diagnostic diagnostic, Compilation compilation) => diagnostic.Id switch
    {
        "CS1002" => "Hint: a statement ends with a semicolon; only the last expression of a cell, whose value is shown, goes without.",
        "CS0029" when NodeOf(diagnostic) is AssignmentExpressionSyntax => "Hint: = assigns, == compares.",
        "CS0103" or "CS0117" or "CS0118" or "CS0246" or "CS1061" when RefusedNames.Find(NameAt(diagnostic)) is { } instead => instead,
        "CS0117" or "CS1061" => ForMember(diagnostic, compilation),
        "CS8345" => "Hint: a variable at the top level of a cell lives on for later cells, and a ref struct such as Span<T> cannot: use it inside { } or in a method.",
        "CS0501" when RefVariables.IsMeant(diagnostic) =>
            "Hint: a variable at the top level of a cell lives on for later cells, and a ref variable cannot: use it inside { } or in a method.",
        "CS0029" when NodeOf(diagnostic) is ExpressionSyntax && diagnostic.GetMessage(CultureInfo.InvariantCulture) is var said && said.Contains("Span<", StringComparison.Ordinal) && said.EndsWith("'object'", StringComparison.Ordinal) =>
            "Hint: a span cannot be a cell's value: end with .ToArray() or .ToString().",
        "CS8346" => "Hint: what stackalloc makes goes with its block: use it inside { }, or make an array with new.",
        "CS8352" => "Hint: what stackalloc makes ends with its block or method: give back a copy, with .ToArray().",
        "CS4007" or "CS9217" => "Hint: put what uses the span or the ref variable into a block { } or a method without await.",
        "CS0214" => "Hint: write unsafe { } around code with pointers.",
        "CS0121" or "CS9339" when diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains(".extension(", StringComparison.Ordinal) =>
            "Hint: two static classes extend the type by this name, and none comes before the other: declare the older one again without it, or call the method by its class, as in Class.Method(value).",
        "CS1109" => "Hint: write static before the class.",
        "CS9283" => "Hint: an extension block stands in a static class: static class Extensions { extension(…) { … } }",
        "CS1032" => "Hint: #define holds for the whole cell: put it above all other lines of the cell.",
        "CS7020" => "Hint: yield belongs into a method that returns IEnumerable<T>.",
        _ => UsingHints.For(diagnostic, compilation),
    };

    private static string NameAt(Diagnostic diagnostic) => (NodeOf(diagnostic) as SimpleNameSyntax)?.Identifier.ValueText ?? "";

    private static SyntaxNode? NodeOf(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.GetRoot().FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    private static string? ForMember(Diagnostic diagnostic, Compilation compilation)
    {
        if (NodeOf(diagnostic) is not SimpleNameSyntax { Parent: MemberAccessExpressionSyntax access } name || !compilation.ContainsSyntaxTree(access.SyntaxTree))
            return null;
        var model = compilation.GetSemanticModel(access.SyntaxTree);
        if (model.GetTypeInfo(access.Expression).Type is INamedTypeSymbol { IsGenericType: true, Name: "Task" or "ValueTask", TypeArguments: [var result] }
            && MembersOf(result).Contains(name.Identifier.ValueText))
            return "Hint: write await before the call to get the value that the task is to give.";
        var type = model.GetTypeInfo(access.Expression).Type ?? model.GetSymbolInfo(access.Expression).Symbol as ITypeSymbol;
        return type is not null && name.Identifier.ValueText.Length > AnyLength && NearestName.FindSlip(name.Identifier.ValueText, MembersOf(type)) is { } meant
            ? $"Hint: did you mean {meant}?"
            : null;
    }

    private static HashSet<string> MembersOf(ITypeSymbol type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var current = type; current is not null; current = current.BaseType)
            names.UnionWith(current.GetMembers().Where(member => member.CanBeReferencedByName && member.DeclaredAccessibility == Accessibility.Public).Select(member => member.Name));
        foreach (var implemented in type.AllInterfaces)
            names.UnionWith(implemented.GetMembers().Where(member => member.CanBeReferencedByName).Select(member => member.Name));
        return names;
    }
}
