namespace CSharpKernel.Widgets;

/// <summary>Holds widgets side by side.</summary>
/// <param name="children">What it holds.</param>
public sealed class HBox(params IEnumerable<VisibleWidget> children) : Box("HBox", children);
