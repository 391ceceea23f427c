namespace CSharpKernel.Widgets;

/// <summary>A slider of whole numbers.</summary>
public sealed class IntSlider() : SingleSlider<int>("IntSlider", 100, 1, "d");
