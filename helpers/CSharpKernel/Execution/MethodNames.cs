using System.Reflection;
using CSharpKernel.Display;

namespace CSharpKernel.Execution;

/// <summary>Names methods as they are written, undoing what the compiler makes of cells, lambdas and async methods.</summary>
internal static class MethodNames
{
    private const string Initialize = "<Initialize>";

    /// <summary>A name such as <c>Trainer.Fit(int)</c>; empty for the statements of a cell.</summary>
    public static string Of(MethodBase method)
    {
        var type = method.DeclaringType!;
        var name = method.Name;
        // The body of an async method or iterator lives in MoveNext of a class named after it: <Fit>d__3.
        if (name == "MoveNext" && type.Name.StartsWith('<') && type.DeclaringType is { } outer)
            return type.Name.StartsWith($"<{Initialize}>d", StringComparison.Ordinal) ? "" : OfCompiled(type.Name[1..type.Name.LastIndexOf('>')], "()") ?? Qualify(outer, Inner(type.Name)) + "()";
        var arguments = $"({string.Join(", ", method.GetParameters().Select(parameter => TypeNames.Of(parameter.ParameterType)))})";
        if (OfCompiled(name, arguments) is { } written)
            return written;
        return name is ".ctor" or ".cctor" ? $"new {TypeNames.Of(type)}{arguments}" : Qualify(type, name) + arguments;
    }

    // A local function or a lambda; null for what has a name of its own.
    private static string? OfCompiled(string name, string arguments)
    {
        if (name.Contains(">g__", StringComparison.Ordinal))
            return name[(name.IndexOf(">g__", StringComparison.Ordinal) + 4)..name.LastIndexOf('|')] + arguments;
        if (!name.Contains(">b__", StringComparison.Ordinal))
            return null;
        return name.Contains(Initialize, StringComparison.Ordinal) ? "lambda" : $"lambda in {Inner(name)}";
    }

    private static string Inner(string name) => name[1..name.IndexOf('>', StringComparison.Ordinal)];

    private static string Qualify(Type type, string name)
    {
        while (type.Name.StartsWith('<') && type.DeclaringType is { } outer)
            type = outer;
        if (type.Name.StartsWith("Submission#", StringComparison.Ordinal))
            return name;
        var isOfCell = type.DeclaringType?.Name.StartsWith("Submission#", StringComparison.Ordinal) == true || type.Namespace is null;
        return isOfCell ? $"{TypeNames.Of(type)}.{name}" : $"{type.Namespace}.{TypeNames.Of(type)}.{name}";
    }
}
