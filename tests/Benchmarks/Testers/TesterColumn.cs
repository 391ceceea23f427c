using NotebookCorpus;
using NotebookCorpus.Testers;

namespace Benchmarks;

/// <summary>What one tester said about the corpus.</summary>
/// <param name="Name">The tester.</param>
/// <param name="Judgements">What it said, and how long it took.</param>
internal sealed record TesterColumn(string Name, Judgements Judgements)
{
    /// <summary>How many notebooks it gave an answer for.</summary>
    public int Count(Answer answer) => Corpus.All.Count(notebook => Of(notebook).About(notebook) == answer);

    /// <summary>How many defects it caught in the cell where they are, or, of those that have none, at all.</summary>
    public int InPlace => Corpus.All.Count(notebook => Of(notebook) is { Complains: true } judgement && notebook.Defect is not null && (notebook.Cell is not { } cell || judgement.Cells.Contains(cell)));

    /// <summary>What it said about a notebook.</summary>
    public Judgement Of(CorpusNotebook notebook) => Judgements.ByName[notebook.Name];
}
