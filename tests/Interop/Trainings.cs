namespace Interop;

/// <summary>Automatic logging belongs to the process: while a test has it on, no other test may train, whose run it would log.</summary>
internal static class Trainings
{
    /// <summary>Held by whoever trains.</summary>
    public static Lock Turn { get; } = new();
}
