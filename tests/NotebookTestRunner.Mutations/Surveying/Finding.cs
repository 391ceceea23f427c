using NotebookTestRunner.Mutations.Seeding;

namespace NotebookTestRunner.Mutations.Surveying;

/// <summary>What became of one fault.</summary>
/// <param name="Place">The fault.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Test">The test that noticed it; null when none did.</param>
/// <param name="IsQuick">Whether that test is quick, and notices it in a process that has run others before.</param>
/// <param name="Code">A hash of the source file in which it was tried; empty where that is not known.</param>
internal sealed record Finding(FaultPlace Place, Outcome Outcome, string? Test, bool IsQuick, string Code = "")
{
    /// <summary>Whether a test noticed it.</summary>
    public bool IsNoticed => Outcome is Outcome.Noticed or Outcome.TimedOut;
}
