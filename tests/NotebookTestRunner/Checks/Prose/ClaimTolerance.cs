namespace NotebookTestRunner.Checks.Prose;

/// <summary>How far what the text says may be from what is true.</summary>
/// <param name="Absolute">At most this far; null for what the digits shown imply.</param>
/// <param name="Relative">At most this share of the true value; null for what the digits shown imply.</param>
internal sealed record ClaimTolerance(double? Absolute = null, double? Relative = null)
{
    // Halves are not exact in binary: 97.85 shown as 97.9 must not fail over the last bit.
    private const double Slack = 1e-9;

    /// <summary>As exact as the digits that the text shows.</summary>
    public static ClaimTolerance AsShown { get; } = new();

    public bool Allows(ShownNumber shown, double actual)
    {
        var most = Absolute ?? (Relative is { } share ? share * Math.Abs(actual) : shown.Rounding);
        return Math.Abs(shown.Value - actual) <= most + (Slack * Math.Max(Math.Abs(shown.Value), Math.Abs(actual)));
    }
}
