namespace NotebookCorpus;

/// <summary>What our runner is expected to say about a notebook: without marks of its author, with them, and when it audits the file alone.</summary>
public sealed class Expectation
{
    /// <summary>With the default settings and no marks; null for as it should be: a defect is caught, a clean notebook is not complained about.</summary>
    public Answer? Plain { get; set; }

    /// <summary>With the author's marks; null for as it should be.</summary>
    public Answer? Marked { get; set; }

    /// <summary>When only the file is audited, and nothing executed; null for nothing: most defects cannot be seen there.</summary>
    public Answer? Audited { get; set; }

    /// <summary>The answer that is expected.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="how">How it is judged.</param>
    public Answer For(CorpusNotebook notebook, Judging how)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return (how, notebook.Defect is null) switch
        {
            (Judging.Plain, var clean) => Plain ?? (clean ? Answer.Quiet : Answer.Caught),
            (Judging.Marked, var clean) => Marked ?? (clean ? Answer.Quiet : Answer.Caught),
            (_, var clean) => Audited ?? (clean ? Answer.Quiet : Answer.Missed),
        };
    }

    /// <summary>The cell that a false alarm is about; null for the notebook as a whole.</summary>
    public int? Cell { get; set; }
}
