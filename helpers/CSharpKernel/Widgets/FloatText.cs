namespace CSharpKernel.Widgets;

/// <summary>A box in which a number is typed.</summary>
public sealed class FloatText() : NumberBox<double>("FloatText");
