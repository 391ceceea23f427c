using NotebookCorpus;
using NotebookCorpus.Testers;

if (args is ["write"])
{
    CommittedCorpus.Write();
    return 0;
}

if (args is ["judge", var kind, .. var names] && Enum.TryParse<Judging>(kind, ignoreCase: true, out var how))
{
    var python = Environment.GetEnvironmentVariable("TUTORIAL_PYTHON") ?? Path.Combine(CommittedCorpus.Checkout, ".venv", "bin", "python");
    var chosen = names.Length > 0 ? [.. names.Select(Corpus.Named)] : Corpus.All.Where(notebook => how != Judging.Marked || notebook.HasMarks).ToList();
    var surprises = await new OurCorpusRun(CommittedCorpus.Checkout, python).SurprisesAsync(chosen, how, CancellationToken.None);
    Console.WriteLine($"{surprises.Count} surprises in {chosen.Count} notebooks");
    foreach (var surprise in surprises)
        Console.WriteLine(surprise);
    return surprises.Count == 0 ? 0 : 1;
}

await Console.Error.WriteLineAsync("Usage: dotnet run --project tests/NotebookCorpus -- write, or: … -- judge plain|marked|audited [NAME…]");
return 2;
