using System.Globalization;
using MLflowSharp.Journal.Files;

namespace MLflowSharp.Tests.Journal.Faults;

/// <summary>
/// Machines that know nothing of each other, each with a kernel of its own as far as a process can tell, on a folder whose locks they do not see of
/// each other (NFS without locks, Lustre with <c>localflock</c>). Who decides is <see cref="OwnerTests"/>'s matter too, with invented identities.
/// </summary>
[Collection(nameof(Fluent.OneAfterAnother))]
public sealed class MachineTests : JournalTest
{
    private string Uri => Path.Combine(Folder.FullName, "mlruns");

    private string Journals => Uri + ".journals";

    [Fact]
    public async Task A_machine_that_hangs_keeps_its_journals_and_goes_on()
    {
        var run = Prepare();
        using var hanging = Start(1);
        using var other = Start(2);
        using var first = Train(hanging, run, 0, 3000, pause: 1);
        using var second = Train(hanging, run, 1_000_000, 3000, pause: 1);
        await first.ReachAsync(300);
        await second.ReachAsync(300);
        hanging.Freeze();
        var kept = Directory.GetFiles(Journals, "*" + SegmentFile.Extension);
        foreach (var path in Directory.GetFiles(Journals, "*" + OwnerLock.Extension))
            File.Delete(path);

        using (var third = Train(other, run, 2_000_000, 600))
        {
            Assert.Equal(0, await third.EndAsync());
            Assert.DoesNotContain("ended before it was done", await third.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(2, kept.Length);
        Assert.All(kept, path => Assert.True(File.Exists(path)));
        first.Continue();
        second.Continue();
        Assert.Equal((0, 0), (await first.EndAsync(), await second.EndAsync()));
        AssertWhole(run, 3000, 3000, 600);
    }

    [Fact]
    public async Task A_machine_that_died_is_replayed_once_when_a_person_says_so()
    {
        var run = Prepare();
        using var dying = Start(1);
        using var other = Start(2);
        using var first = Train(dying, run, 0, 1_000_000);
        using var second = Train(dying, run, 1_000_000, 1_000_000);
        await first.ReachAsync(600);
        await second.ReachAsync(600);
        dying.Kill();
        var (one, two) = (await first.KillAsync(), await second.KillAsync());
        using (var third = Train(other, run, 2_000_000, 600))
            Assert.Equal(0, await third.EndAsync());

        var left = MlflowJournals.Find(Uri, Options.Journal);
        Assert.Equal([JournalState.Unknown, JournalState.Unknown], left.Select(journal => journal.State));
        Assert.All(left, journal => Assert.Equal(("node1", run), (journal.Host, Assert.Single(journal.RunIds))));
        var replayed = left.Sum(journal => MlflowJournals.Replay(journal, options: Options).Stored);
        Assert.InRange(replayed, 1, one + two + 2);
        Assert.Empty(MlflowJournals.Find(Uri, Options.Journal));
        AssertWhole(run, one, two, 600);
    }

    [Fact]
    public async Task A_machine_that_is_started_anew_replays_what_it_left_itself()
    {
        var run = Prepare();
        long logged;
        using (var dying = Start(1))
        using (var training = Train(dying, run, 0, 1_000_000))
        {
            await training.ReachAsync(600);
            dying.Kill();
            logged = await training.KillAsync();
        }

        using var again = Start(1, boot: 3);
        using (var next = Train(again, run, 1_000_000, 300))
            Assert.Equal(0, await next.EndAsync());
        Assert.Empty(MlflowJournals.Find(Uri, Options.Journal));
        AssertWhole(run, logged, 300);
    }

    private Machine Start(int number, int? boot = null)
    {
        Assert.SkipUnless(Machine.CanBeMade, "Making machines takes namespaces of Linux and the right to make them.");
        var file = Path.Combine(Folder.FullName, $"boot{boot ?? number}");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{boot ?? number:D12}\n"));
        return Machine.Start($"node{number}", file);
    }

    private string Prepare()
    {
        using var client = new MlflowClient(Uri, Options);
        return client.CreateRun("0").Info.RunId;
    }

    private Training Train(Machine machine, string run, long first, int steps, int pause = 0) =>
        Training.Start(Uri, run, Path.Combine(Folder.FullName, $"progress{first}"), first, steps, pause, configure: machine.Enter);

    private void AssertWhole(string run, params long[] logged)
    {
        using var plain = new MlflowClient(Uri, Options with { Journal = new() { Enabled = false } });
        var ofTraining = plain.GetMetricHistory(run, "loss").ToLookup(point => point.Step / 1_000_000);
        for (var number = 0; number < logged.Length; number++)
        {
            var outcome = Outcome.Of([.. ofTraining[number]], logged[number], first: number * 1_000_000L);
            Assert.True(outcome.IsRight, outcome.ToString());
        }
    }
}
