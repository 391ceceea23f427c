namespace CSharpKernel.Magics;

/// <summary>A parameter of a magic.</summary>
/// <param name="Name">Its name with the dashes, such as <c>--name</c>.</param>
/// <param name="Description">What it is for, in a few words.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="IsImplicit">Whether a value without a name is this parameter's.</param>
/// <param name="IsFlag">Whether it has no value.</param>
internal sealed record MagicParameter(string Name, string Description, bool IsRequired = false, bool IsImplicit = false, bool IsFlag = false);
