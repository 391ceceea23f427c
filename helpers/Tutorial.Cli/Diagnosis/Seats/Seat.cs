namespace Tutorial.Cli.Diagnosis.Seats;

/// <summary>A seat of a class.</summary>
/// <param name="Name">As the teacher calls it.</param>
/// <param name="Report">What it says of itself, or null.</param>
/// <param name="Fault">Why it says nothing, or null.</param>
internal sealed record Seat(string Name, SeatReport? Report, string? Fault)
{
    /// <summary>Whether a student can sit down there.</summary>
    public bool IsReady => Report?.Passed ?? false;

    /// <summary>What is wrong, a line each.</summary>
    public IEnumerable<string> Problems =>
        Report is null ? [Fault!] : Report.Checks.Where(check => !check.Passed).Select(check => $"{check.Name}: {check.Detail}");
}
