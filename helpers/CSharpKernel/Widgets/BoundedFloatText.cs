namespace CSharpKernel.Widgets;

/// <summary>A box in which a number between two limits is typed.</summary>
public sealed class BoundedFloatText() : NumberWidget<double>("BoundedFloatText", 100, view: "FloatText");
