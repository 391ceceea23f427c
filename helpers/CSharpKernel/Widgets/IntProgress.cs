namespace CSharpKernel.Widgets;

/// <summary>A bar that shows how far a count has come. <see cref="ProgressExtensions"/> puts one above a loop.</summary>
public sealed class IntProgress() : Progress<int>("IntProgress");
