namespace NotebookCorpus;

/// <summary>What our runner is expected to say about a notebook, without marks of its author and with them.</summary>
public sealed class Expectation
{
    /// <summary>With the default settings and no marks; null for as it should be: a defect is caught, a clean notebook is not complained about.</summary>
    public Answer? Plain { get; set; }

    /// <summary>With the author's marks; null for as it should be.</summary>
    public Answer? Marked { get; set; }

    /// <summary>The cell that a false alarm is about; null for the notebook as a whole.</summary>
    public int? Cell { get; set; }
}
