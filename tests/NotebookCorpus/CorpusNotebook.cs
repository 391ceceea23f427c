namespace NotebookCorpus;

/// <summary>A small notebook with one seeded defect, or a clean one that is hard to judge.</summary>
public sealed class CorpusNotebook
{
    /// <summary>Its name: lower case with hyphens.</summary>
    public string Name { get; set; } = "";

    /// <summary>What is wrong with it; null for a clean notebook.</summary>
    public string? Defect { get; set; }

    /// <summary>What makes a clean notebook hard; null for one with a defect.</summary>
    public string? Hard { get; set; }

    /// <summary>The number of the cell in which the defect is to be caught, counted from 1 over all cells; null for the notebook as a whole.</summary>
    public int? Cell { get; set; }

    /// <summary>The kernel it names: <c>python3</c> by default.</summary>
    public string Kernel { get; set; } = "python3";

    /// <summary>Whether a cell of it runs without end, so that a tester needs its limit.</summary>
    public bool Endless { get; set; }

    /// <summary>What our runner is expected to say.</summary>
    public Expectation Expect { get; set; } = new();

    /// <summary>Whether it has a variant with marks for our runner: comments, tags, settings or contracts beside it.</summary>
    public bool HasMarks => MarkedFiles.Count > 0 || MarkedMetadata.Count > 0 || Cells.Any(cell => cell.Marked is not null || cell.OnlyMarked || cell.Marks.Count > 0 || cell.MarkedTags.Count > 0);

    /// <summary>Files beside the notebook, by their relative paths.</summary>
    public Dictionary<string, string> Files { get; set; } = [];

    /// <summary>Files beside the marked notebook only: settings, contracts.</summary>
    public Dictionary<string, string> MarkedFiles { get; set; } = [];

    /// <summary>Metadata of the marked notebook only.</summary>
    public Dictionary<string, object> MarkedMetadata { get; set; } = [];

    /// <summary>Its cells.</summary>
    public List<CorpusCell> Cells { get; set; } = [];

    /// <summary>The file's whole text, where it is no valid notebook.</summary>
    public string? Raw { get; set; }
}
