using NotebookTestRunner.Checks.Contracts.Files;
using NotebookTestRunner.Checks.Contracts.Machine;
using NotebookTestRunner.Checks.Contracts.Store;

namespace NotebookTestRunner.Checks.Contracts;

/// <summary>Everything a notebook promises.</summary>
/// <param name="StoreUri">The tracking store; null for the one the kernel's environment or working folder names.</param>
/// <param name="Watch">Further folders to look at.</param>
/// <param name="Allow">Patterns of full paths that may change without being promised.</param>
/// <param name="Cells">What is true after a cell, by its number.</param>
/// <param name="Notebook">What is true after the notebook.</param>
internal sealed record Contract(
    string? StoreUri, IReadOnlyList<string> Watch, IReadOnlyList<Glob> Allow, ILookup<int, Terms> Cells, IReadOnlyList<Terms> Notebook);

/// <summary>What is to be true after a cell, or after the notebook. Null where nothing is said.</summary>
internal sealed record Terms
{
    public FileTerms? Files { get; init; }

    public StoreTerms? Store { get; init; }

    public MachineTerms? Machine { get; init; }
}
