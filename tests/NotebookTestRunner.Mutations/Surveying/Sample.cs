using NotebookTestRunner.Mutations.Running;
using NotebookTestRunner.Mutations.Seeding;

namespace NotebookTestRunner.Mutations.Surveying;

/// <summary>Tries again some of the faults that quick tests noticed in the last survey, which takes seconds.</summary>
/// <param name="subject">The project.</param>
/// <param name="checkout">The checkout's top folder.</param>
internal sealed class Sample(Subject subject, string checkout)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Chooses faults: always the same for the same code, and others once the file around them changes.</summary>
    /// <param name="findings">What became of all faults.</param>
    /// <param name="most">How many are wanted.</param>
    /// <param name="code">The code of a file.</param>
    public static IReadOnlyList<Finding> Choose(IReadOnlyList<Finding> findings, int most, Func<string, string> code) =>
    [
        .. findings.Where(finding => finding is { IsQuick: true, Outcome: Outcome.Noticed, Test: not null })
            .GroupBy(finding => finding.Place.File)
            .SelectMany(file => { var text = code(file.Key); return file.Select(finding => (Finding: finding, Lot: Recordings.Hash(FindingsFile.PlaceLine(finding.Place) + text))); })
            .OrderBy(one => one.Lot, StringComparer.Ordinal).Take(most).Select(one => one.Finding),
    ];

    /// <summary>Tries faults.</summary>
    /// <param name="chosen">The faults.</param>
    /// <param name="folder">A folder for the build with the faults; it is replaced.</param>
    /// <returns>How many of the faults are still in the code, and those of them that are not noticed any more.</returns>
    public async Task<(int Found, IReadOnlyList<string> Missed)> TryAsync(IReadOnlyList<Finding> chosen, string folder)
    {
        var tests = TestCopy.Prepare(subject, checkout, folder);
        var mutants = FaultyBuild.Compile(subject, checkout, tests.FaultyAssembly, chosen.Select(finding => finding.Place).ToHashSet());
        var byPlace = chosen.ToDictionary(finding => finding.Place, finding => finding.Test!);
        List<string> missed = [];
        var worker = await WorkerProcess.StartAsync(tests);
        try
        {
            var all = await worker.ListAsync();
            // Once without any fault: it fills what is computed once, and a test that fails anyway proves nothing.
            HashSet<string> sound = [];
            foreach (var test in byPlace.Values.Distinct().Where(all.Contains))
            {
                if ((await RunAsync(test, -1)).End == TestEnd.Passed) sound.Add(test);
            }

            foreach (var mutant in mutants)
            {
                var test = byPlace[mutant.Place];
                var family = all.Where(other => TestRecord.ClassOf(other) == TestRecord.ClassOf(test) || Path.GetFileNameWithoutExtension(mutant.Place.File) + "Tests" == TestRecord.ClassOf(other).Split('.')[^1]);
                // Once more at the end: what depends on the machine's pace is noticed most of the time.
                string[] first = sound.Contains(test) ? [test] : [];
                if (!await NoticesAsync([.. first, .. family.Where(other => other != test), .. first, .. first], mutant.Id))
                    missed.Add($"{mutant} (was noticed by {test})");
            }
        }
        finally
        {
            await worker.DisposeAsync();
        }

        return (mutants.Count, missed);

        async Task<bool> NoticesAsync(IReadOnlyList<string> some, int fault)
        {
            foreach (var test in some)
            {
                if ((await RunAsync(test, fault)).End != TestEnd.Passed && (await RunAsync(test, -1)).End == TestEnd.Passed) return true;
            }

            return false;
        }

        async Task<TestAnswer> RunAsync(string test, int fault)
        {
            if (!worker.IsAlive)
            {
                await worker.DisposeAsync();
                worker = await WorkerProcess.StartAsync(tests);
            }

            return await worker.RunAsync(test, fault, Limit);
        }
    }
}
