namespace CSharpKernel.Widgets;

/// <summary>Widgets behind tabs; the first is seen at the beginning.</summary>
/// <param name="pages">Title and content of each.</param>
public sealed class Tab(params IReadOnlyList<(string Title, VisibleWidget Content)> pages) : TitledBox("Tab", 0, pages);
