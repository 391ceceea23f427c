namespace CSharpKernel.Widgets;

/// <summary>A slider of fractions.</summary>
public sealed class FloatSlider() : SingleSlider<double>("FloatSlider", 100, 0.1, ".2f");
