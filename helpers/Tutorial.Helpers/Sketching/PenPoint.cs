namespace Tutorial.Helpers;

/// <summary>Where a pen was on the paper, in pixels from the upper left corner.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
public readonly record struct PenPoint(double X, double Y);
