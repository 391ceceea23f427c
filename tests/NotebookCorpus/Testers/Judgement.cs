namespace NotebookCorpus.Testers;

/// <summary>What a tester said about one notebook.</summary>
/// <param name="Complains">Whether it found something wrong.</param>
/// <param name="Cells">The numbers of the cells it complains about, counted from 1 over all cells; empty where it names none.</param>
/// <param name="Says">The first line of what it said; empty where it does not complain.</param>
public sealed record Judgement(bool Complains, IReadOnlyList<int> Cells, string Says)
{
    /// <summary>What that means for a notebook whose state is known.</summary>
    /// <param name="notebook">The notebook.</param>
    public Answer About(CorpusNotebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return (notebook.Defect is not null, Complains) switch
        {
            (true, true) => Answer.Caught,
            (true, false) => Answer.Missed,
            (false, true) => Answer.Alarm,
            (false, false) => Answer.Quiet,
        };
    }
}
