namespace CSharpKernel.Widgets;

/// <summary>A box in which a whole number between two limits is typed.</summary>
public sealed class BoundedIntText() : NumberWidget<int>("BoundedIntText", 100, view: "IntText");
