namespace CSharpKernel.Tests.Packages;

/// <summary>What a cell finds after <c>#r</c> of this assembly.</summary>
public static class PublicType
{
    /// <summary>Anything.</summary>
    public const int Answer = 42;
}
