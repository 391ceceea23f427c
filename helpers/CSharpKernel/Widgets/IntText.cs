namespace CSharpKernel.Widgets;

/// <summary>A box in which a whole number is typed.</summary>
public sealed class IntText() : NumberBox<int>("IntText");
