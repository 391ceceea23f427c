namespace NotebookTestRunner.Coverage;

/// <summary>A method by its type and name; overloads count as one, as in documentation.</summary>
/// <param name="Type">The type's full name, nested types with <c>+</c>, generic ones with <c>`1</c>.</param>
/// <param name="Name">The method's name; <c>.ctor</c> for constructors.</param>
public readonly record struct MethodName(string Type, string Name)
{
    /// <summary>The name for readers: <c>Type.Method</c>.</summary>
    public override string ToString() => $"{Type.Replace('+', '.')}.{Name}";
}
