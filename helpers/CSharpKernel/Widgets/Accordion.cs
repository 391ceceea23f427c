namespace CSharpKernel.Widgets;

/// <summary>Widgets that fold out below their titles; all are folded at the beginning.</summary>
/// <param name="pages">Title and content of each.</param>
public sealed class Accordion(params IReadOnlyList<(string Title, VisibleWidget Content)> pages) : TitledBox("Accordion", null, pages);
