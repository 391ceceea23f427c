namespace NotebookTestRunner.Checks.Contracts.Machine;

/// <summary>A process.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">The number of the process that started it, or that took it over.</param>
/// <param name="Started">When it started, in a form that is the same whenever one asks: numbers are used again.</param>
/// <param name="Name">What to call it.</param>
internal sealed record ProcessEntry(int Id, int Parent, string Started, string Name)
{
    public override string ToString() => $"{Name} (process {Id})";
}
