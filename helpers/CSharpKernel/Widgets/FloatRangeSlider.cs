namespace CSharpKernel.Widgets;

/// <summary>A slider with two handles over fractions; they stand at 25 and 75 at first.</summary>
public sealed class FloatRangeSlider() : RangeSlider<double>("FloatRangeSlider", 100, 0.1, ".2f", (25, 75));
