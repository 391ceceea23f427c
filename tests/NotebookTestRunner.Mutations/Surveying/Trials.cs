using NotebookTestRunner.Mutations.Running;
using NotebookTestRunner.Mutations.Seeding;

namespace NotebookTestRunner.Mutations.Surveying;

/// <summary>
/// Tries faults, one after the other. Of the tests that reach its place, the one that noticed the fault before is run first, then those that lie
/// nearest to the code, the quickest first. A fault is noticed when a test fails with it, passes without it, and fails with it again.
/// </summary>
/// <param name="tests">The tests, with the assembly that has the faults.</param>
/// <param name="mutants">All faults, by number.</param>
/// <param name="records">What the tests reach.</param>
/// <param name="budget">How long the tests of one fault may usually take. What is not noticed until then counts as survived.</param>
internal sealed class Trials(TestCopy tests, IReadOnlyList<Mutant> mutants, IReadOnlyList<TestRecord> records, TimeSpan budget) : IAsyncDisposable
{
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromSeconds(15);
    private const double LimitInTimes = 6;

    private WorkerProcess? warm;

    /// <summary>Tries one fault.</summary>
    /// <param name="mutant">The fault.</param>
    /// <param name="before">The test that noticed it in an earlier survey; null when there is none.</param>
    public async Task<Finding> TryAsync(Mutant mutant, string? before)
    {
        var reaching = records.Where(record => record.Passes && record.Reached.Contains(mutant.Id)).ToList();
        if (reaching.Count == 0) return new Finding(mutant.Place, Outcome.NotReached, null, false);

        var spent = 0.0;
        foreach (var record in reaching.OrderBy(record => record.Test != before).ThenByDescending(record => Nearness(record, mutant)).ThenBy(record => record.Milliseconds))
        {
            if (spent + record.Milliseconds > budget.TotalMilliseconds && record.Test != before) continue;
            spent += record.Milliseconds;
            if (await NoticesAsync(record, mutant) is { } outcome) return new Finding(mutant.Place, outcome, record.Test, record.IsQuick);
        }

        if (reaching.Any(record => record.ReachedOnce.Contains(mutant.Id)) && await TryFreshAsync(mutant) is { } fresh) return fresh;
        return new Finding(mutant.Place, Outcome.Survived, null, false);
    }

    public async ValueTask DisposeAsync()
    {
        if (warm is not null) await warm.DisposeAsync();
    }

    private async Task<Outcome?> NoticesAsync(TestRecord record, Mutant mutant)
    {
        var first = await RunAsync(record, mutant.Id);
        if (first == TestEnd.Passed) return null;
        if (await RunAsync(record, -1) != TestEnd.Passed)
        {
            // What an earlier fault left in the process makes the test fail; or the test is not to be relied on.
            await RestartAsync();
            if (await RunAsync(record, -1) != TestEnd.Passed) return null;
            first = await RunAsync(record, mutant.Id);
            if (first == TestEnd.Passed || await RunAsync(record, -1) != TestEnd.Passed) return null;
        }

        // Not ending costs its whole time, so it is believed after the test has ended without the fault.
        if (first == TestEnd.TimedOut) return Outcome.TimedOut;
        return await RunAsync(record, mutant.Id) switch
        {
            TestEnd.Failed => Outcome.Noticed,
            TestEnd.TimedOut => Outcome.TimedOut,
            _ => null,
        };
    }

    /// <summary>Runs quick tests in a process in which the fault is on from the start. Any that touches the file may be the first to need the value.</summary>
    private async Task<Finding?> TryFreshAsync(Mutant mutant)
    {
        var sameFile = mutants.Where(other => other.Place.File == mutant.Place.File).Select(other => other.Id).ToList();
        var near = records.Where(record => record.Passes && record.IsQuick).Select(record => (Record: record, Touches: sameFile.Count(record.Reached.Contains)))
            .Where(one => one.Touches > 0).OrderByDescending(one => one.Touches).Select(one => one.Record).ToList();
        await using var worker = await WorkerProcess.StartAsync(tests, mutant.Id);
        var spent = 0.0;
        foreach (var record in near)
        {
            spent += record.Milliseconds;
            if (spent > budget.TotalMilliseconds / 4) break;
            var end = (await worker.RunAsync(record.Test, mutant.Id, LimitOf(record))).End;
            if (end == TestEnd.Passed) continue;
            return await RunAsync(record, -1) == TestEnd.Passed ? new Finding(mutant.Place, end == TestEnd.TimedOut ? Outcome.TimedOut : Outcome.Noticed, record.Test, false) : null;
        }

        return null;
    }

    /// <summary>How many folders the test's class and the code have in common; one more for a class of the code's own name.</summary>
    private int Nearness(TestRecord record, Mutant mutant)
    {
        var own = $"{mutant.Place.Folder}/{Path.GetFileNameWithoutExtension(mutant.Place.File)}Tests".Split('/');
        return record.ClassName[(tests.Subject.Tests.Length + 1)..].Split('.').Zip(own).TakeWhile(pair => pair.First == pair.Second).Count();
    }

    private static TimeSpan LimitOf(TestRecord record) => ShortestLimit + TimeSpan.FromMilliseconds(record.Milliseconds * LimitInTimes);

    private async Task<TestEnd> RunAsync(TestRecord record, int fault)
    {
        if (warm is not { IsAlive: true }) await RestartAsync();
        return (await warm!.RunAsync(record.Test, fault, LimitOf(record))).End;
    }

    private async Task RestartAsync()
    {
        if (warm is not null) await warm.DisposeAsync();
        warm = await WorkerProcess.StartAsync(tests);
    }
}
