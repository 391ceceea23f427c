namespace CSharpKernel.Widgets;

/// <summary>Holds widgets one below the other.</summary>
/// <param name="children">What it holds.</param>
public sealed class VBox(params IEnumerable<VisibleWidget> children) : Box("VBox", children);
