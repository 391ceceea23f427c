namespace CSharpKernel.Widgets;

/// <summary>Holds widgets in rows and columns, as its <see cref="Layout.GridTemplateColumns"/> says.</summary>
/// <param name="children">What it holds.</param>
public sealed class GridBox(params IEnumerable<VisibleWidget> children) : Box("GridBox", children);
