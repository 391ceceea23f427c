namespace NotebookCorpus;

/// <summary>One cell of a notebook of the corpus, as its source says it.</summary>
public sealed class CorpusCell
{
    /// <summary>The text of a Markdown cell; null for a code cell.</summary>
    public string? Md { get; set; }

    /// <summary>The text of a code cell; null for a Markdown cell.</summary>
    public string? Code { get; set; }

    /// <summary>The cell's text where its author marked it for our runner; null where that is the same.</summary>
    public string? Marked { get; set; }

    /// <summary>Lines for our runner to put above the text; they are in the marked notebook only.</summary>
    public List<string> Marks { get; set; } = [];

    /// <summary>The cell's tags.</summary>
    public List<string> Tags { get; set; } = [];

    /// <summary>Tags for our runner; they are in the marked notebook only.</summary>
    public List<string> MarkedTags { get; set; } = [];

    /// <summary>Whether the cell is in the marked notebook only.</summary>
    public bool OnlyMarked { get; set; }

    /// <summary>The stored execution count; -1 for the next one.</summary>
    public int? Count { get; set; } = -1;

    /// <summary>The stored outputs.</summary>
    public List<CorpusOutput> Shows { get; set; } = [];

    /// <summary>The cell's text in one of the two notebooks.</summary>
    /// <param name="marked">Whether marks for our runner are part of it.</param>
    public string Source(bool marked)
    {
        var text = (marked ? Marked : null) ?? Code ?? Md ?? "";
        return string.Join('\n', (marked ? Marks : []).Append(text)).TrimEnd('\n');
    }
}
