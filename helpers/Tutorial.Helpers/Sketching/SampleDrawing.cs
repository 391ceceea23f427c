namespace Tutorial.Helpers;

/// <summary>A drawing that shows a known digit.</summary>
/// <param name="Digit">The digit, 0 to 9.</param>
/// <param name="Manner">How it is drawn, such as <c>thin</c> or <c>off-centre</c>.</param>
/// <param name="Drawing">The drawing.</param>
public sealed record SampleDrawing(int Digit, string Manner, DigitDrawing Drawing);
