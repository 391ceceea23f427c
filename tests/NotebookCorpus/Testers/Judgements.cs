namespace NotebookCorpus.Testers;

/// <summary>What a tester said about a number of notebooks, and how long it took for all of them.</summary>
/// <param name="ByName">By the notebook's name.</param>
/// <param name="Time">Wall time.</param>
public sealed record Judgements(IReadOnlyDictionary<string, Judgement> ByName, TimeSpan Time);
