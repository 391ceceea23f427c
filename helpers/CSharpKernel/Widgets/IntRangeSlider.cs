namespace CSharpKernel.Widgets;

/// <summary>A slider with two handles over whole numbers; they stand at 25 and 75 at first.</summary>
public sealed class IntRangeSlider() : RangeSlider<int>("IntRangeSlider", 100, 1, "d", (25, 75));
