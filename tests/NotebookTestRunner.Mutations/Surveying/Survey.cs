using System.Collections.Concurrent;
using NotebookTestRunner.Mutations.Running;
using NotebookTestRunner.Mutations.Seeding;

namespace NotebookTestRunner.Mutations.Surveying;

/// <summary>Tries all faults of a project. What is found is kept at once in a file, from which an interrupted survey goes on.</summary>
/// <param name="subject">The project.</param>
/// <param name="checkout">The checkout's top folder.</param>
/// <param name="arguments">What to do.</param>
internal sealed class Survey(Subject subject, string checkout, Arguments arguments)
{
    private string Folder => Path.Combine(checkout, "artifacts", "mutations", subject.Assembly);

    /// <summary>Runs it.</summary>
    /// <returns>What became of each fault, the faults themselves, and whether they were chosen; of those that were not stands what was found before.</returns>
    public async Task<IReadOnlyList<(Mutant Mutant, Finding Finding, bool IsChosen)>> RunAsync()
    {
        var tests = TestCopy.Prepare(subject, checkout, Path.Combine(Folder, "bin"));
        var mutants = FaultyBuild.Compile(subject, checkout, tests.FaultyAssembly, memory: Path.Combine(Folder, "dropped.tsv"));
        await Console.Error.WriteLineAsync($"{mutants.Count} faults in {mutants.Select(mutant => mutant.Place.File).Distinct().Count()} files of {subject.Assembly}");
        var (progress, recorded) = (Path.Combine(Folder, "progress.tsv"), Path.Combine(Folder, "recorded.jsonl"));
        if (arguments.Fresh)
        {
            File.Delete(progress);
            File.Delete(recorded);
        }

        var last = FindingsFile.Read(subject.FindingsFile(checkout)).ToDictionary(finding => finding.Place);
        var codes = mutants.Select(mutant => mutant.Place.File).Distinct().ToDictionary(file => file, file => Recordings.Hash(File.ReadAllText(Path.Combine(checkout, subject.Folder, file))));
        var before = last.ToDictionary(finding => finding.Key, finding => finding.Value.Test);
        var known = Known(progress, before);
        foreach (var finding in known.Values.Where(finding => finding.Code == codes.GetValueOrDefault(finding.Place.File))) last[finding.Place] = finding;
        var chosen = mutants.Where(mutant => arguments.Chooses(subject, mutant.Place.File, last.GetValueOrDefault(mutant.Place))).ToHashSet();
        var isIdle = arguments.Known || chosen.Count == 0;
        var records = isIdle ? [] : await Recordings.ReadAsync(tests, checkout, mutants, recorded, arguments.Quick);
        if (!isIdle) await Console.Error.WriteLineAsync($"{records.Count} tests, {records.Count(record => record.IsQuick)} of them quick, take {records.Sum(record => record.Milliseconds) / 1000:0} s one after the other");

        var tested = Recordings.Hash(string.Concat(subject.TestFiles(checkout).Select(File.ReadAllText)));
        var findings = new ConcurrentDictionary<Mutant, Finding>();
        var idle = new ConcurrentBag<Trials>();
        await Parallel.ForEachAsync(mutants, new ParallelOptions { MaxDegreeOfParallelism = arguments.Parallel }, async (mutant, _) =>
        {
            var code = codes[mutant.Place.File];
            var key = $"{tested} {arguments.Budget.TotalSeconds:0} {arguments.Quick} {code}";
            if (!known.TryGetValue((key, mutant.Place), out var finding) && (arguments.Known || !chosen.Contains(mutant)))
            {
                // More tests may notice it by now, but hardly fewer.
                finding = last.GetValueOrDefault(mutant.Place) ?? new Finding(mutant.Place, Outcome.NotTried, null, false);
            }
            else if (finding is null)
            {
                if (!idle.TryTake(out var trials)) trials = new Trials(tests, mutants, records, arguments.Budget);
                finding = await trials.TryAsync(mutant, before.GetValueOrDefault(mutant.Place)) with { Code = code };
                idle.Add(trials);
                lock (idle) File.AppendAllText(progress, $"{key}\t{FindingsFile.Line(finding)}\n");
                if (!finding.IsNoticed) await Console.Error.WriteLineAsync($"  {findings.Count + 1} of {chosen.Count}: {finding.Outcome}: {mutant}");
            }

            findings[mutant] = finding;
        });
        foreach (var trials in idle) await trials.DisposeAsync();
        return [.. mutants.Select(mutant => (mutant, findings[mutant], chosen.Contains(mutant)))];
    }

    /// <summary>What was found before, and, into the second, by which tests.</summary>
    private static Dictionary<(string, FaultPlace), Finding> Known(string progress, Dictionary<FaultPlace, string?> before)
    {
        Dictionary<(string, FaultPlace), Finding> known = [];
        foreach (var line in File.Exists(progress) ? File.ReadAllLines(progress) : [])
        {
            if (line.Split('\t', 2) is not [var key, var rest] || FindingsFile.Parse(rest) is not { } finding) continue;
            known[(key, finding.Place)] = finding;
            if (finding.Test is not null) before[finding.Place] = finding.Test;
        }

        return known;
    }
}
