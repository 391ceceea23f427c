namespace NotebookTestRunner.Mutations.Seeding;

/// <summary>A seeded fault: one place of the code that does something else when it is switched on.</summary>
/// <param name="Id">Its number, by which it is switched on.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Place">What stays the same while other code changes.</param>
internal sealed record Mutant(int Id, int Line, FaultPlace Place)
{
    public override string ToString() => $"{Place.File}:{Line}: {Place.Kind}: {Place.Code}";
}
