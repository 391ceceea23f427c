namespace Microsoft.DotNet.Interactive.ValueSharing;

/// <summary>A variable of a kernel.</summary>
/// <param name="name">Its name.</param>
/// <param name="type">Its type.</param>
public sealed class KernelValueInfo(string name, Type type)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its type.</summary>
    public Type Type { get; } = type;

    /// <summary>Its type as people write it.</summary>
    public string TypeName => CSharpKernel.Display.TypeNames.Of(Type);
}
