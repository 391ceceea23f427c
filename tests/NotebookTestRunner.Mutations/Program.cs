using System.Collections.Concurrent;
using System.Globalization;
using NotebookTestRunner.Mutations;

const string Usage = "Usage: dotnet run --project tests/NotebookTestRunner.Mutations -- [--project NAME] [--files PART] [--every N] [--slowest SECONDS]\n"
    + "  --files PART       only faults in files whose path has this part\n"
    + "  --every N          only each Nth fault\n"
    + "  --slowest SECONDS  without test classes that take longer";
string? project = null, part = null;
var (every, slowest) = (1, 60.0);
for (var i = 0; i < args.Length; i += 2)
{
    if (i + 1 < args.Length && args[i] == "--project") project = args[i + 1];
    else if (i + 1 < args.Length && args[i] == "--files") part = args[i + 1];
    else if (i + 1 < args.Length && args[i] == "--every" && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out every) && every > 0) continue;
    else if (i + 1 < args.Length && args[i] == "--slowest" && double.TryParse(args[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out slowest) && slowest > 0) continue;
    else
    {
        await Console.Error.WriteLineAsync($"'{args[i]}' is not understood. {Usage}");
        return 2;
    }
}

var checkout = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(checkout, "Tutorial.sln")))
    checkout = Path.GetDirectoryName(checkout) ?? throw new DirectoryNotFoundException("There is no Tutorial.sln above this program: run it from a checkout.");

foreach (var subject in Subject.All.Where(subject => project is null || subject.Assembly == project))
{
    var folder = Path.Combine(checkout, "artifacts", "mutations", subject.Assembly);
    var tests = TestRuns.Prepare(subject, checkout, folder);
    var mutants = FaultyBuild.Compile(subject, checkout, Path.Combine(folder, subject.Assembly + ".dll"));
    await Console.Error.WriteLineAsync($"{mutants.Count} faults in {mutants.Select(mutant => mutant.File).Distinct().Count()} files of {subject.Assembly}");

    var classes = new List<(string Name, IReadOnlySet<int> Reached, TimeSpan Time)>();
    foreach (var name in await tests.ListAsync())
    {
        if (await tests.RecordAsync(name) is not var (reached, time))
        {
            await Console.Error.WriteLineAsync($"  {name}: left out, because it fails without any fault");
            continue;
        }

        if (time.TotalSeconds <= slowest && reached.Count > 0) classes.Add((name, reached, time));
        await Console.Error.WriteLineAsync($"  {name}: {reached.Count} places in {time.TotalSeconds:0.0} s");
    }

    var chosen = mutants.Where(mutant => (part is null || mutant.File.Contains(part, StringComparison.Ordinal)) && mutant.Id % every == 0).ToList();
    var outcomes = new ConcurrentDictionary<Mutant, Outcome>();
    await Parallel.ForEachAsync(chosen, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (mutant, _) =>
    {
        var covering = classes.Where(one => one.Reached.Contains(mutant.Id)).OrderBy(one => one.Time).ToList();
        outcomes[mutant] = covering.Count == 0 ? Outcome.NotReached
            : await IsNoticedAsync(mutant, covering) ? Outcome.Noticed : Outcome.Survived;
    });

    Console.Write(Survey.Write(subject, chosen, outcomes));

    // Quick classes first, each group in one process; the slow ones only for what they leave.
    async Task<bool> IsNoticedAsync(Mutant mutant, List<(string Name, IReadOnlySet<int> Reached, TimeSpan Time)> covering)
    {
        foreach (var group in covering.GroupBy(one => one.Time.TotalSeconds > 4).OrderBy(group => group.Key))
        {
            var limit = TimeSpan.FromSeconds(20 + (5 * group.Sum(one => one.Time.TotalSeconds)));
            if (await tests.NoticesAsync(mutant.Id, group.Select(one => one.Name), limit)) return true;
        }

        return false;
    }
}

return 0;
