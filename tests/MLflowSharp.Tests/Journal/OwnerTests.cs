using System.Diagnostics;
using MLflowSharp.Journal.Files;
using MLflowSharp.Journal.Records;

namespace MLflowSharp.Tests.Journal;

/// <summary>Whose journal may be taken: never one whose writer may be alive, whatever its machine's locks are worth here.</summary>
public sealed class OwnerTests : JournalTest
{
    [Fact]
    public void The_journal_of_a_living_process_is_left_alone()
    {
        var run = NewRun();
        var (first, faults) = NewClient(Impatient);
        faults.Before = FaultyStore.Unreachable;
        first.LogMetric(run, "loss", 1);

        using var second = new MlflowClient(Folder.TrackingUri, Options);
        second.GetExperiment("0");
        using (var third = NewClient().Client)
            third.SearchRuns(["0"]);

        var journal = Assert.Single(MlflowJournals.Find(Folder.TrackingUri));
        Assert.Equal((JournalState.InUse, 1, Environment.ProcessId), (journal.State, journal.Records, journal.ProcessId));
        Assert.Equal(ErrorCode.InvalidState, Assert.Throws<MlflowException>(() => MlflowJournals.Replay(journal)).ErrorCode);
        Assert.Equal(ErrorCode.InvalidState, Assert.Throws<MlflowException>(() => MlflowJournals.Discard(journal)).ErrorCode);
        Assert.Empty(Stored(run));
    }

    [Fact]
    public void A_journal_of_another_machine_is_listed_and_replayed_when_a_person_says_so()
    {
        var run = NewRun();
        LeaveJournal(client =>
        {
            client.LogMetric(run, "loss", 1);
            client.LogParam(run, "p", 1);
        });
        Rewrite(owner => owner with { Host = "elsewhere", Boot = "another kernel" });
        using (var next = NewClient().Client)
            Assert.Empty(next.GetMetricHistory(run, "loss"));

        var journal = Assert.Single(MlflowJournals.Find(Folder.TrackingUri));
        Assert.Equal((JournalState.Unknown, "elsewhere", 2, run), (journal.State, journal.Host, journal.Records, journal.RunIds.Single()));
        Assert.Equal((2, 0), MlflowJournals.Replay(journal, options: Options));
        Assert.Single(Stored(run));
        Assert.Empty(MlflowJournals.Find(Folder.TrackingUri));
        Assert.False(Directory.Exists(JournalFolder));
    }

    [Fact]
    public void A_journal_of_before_the_machine_was_started_anew_is_replayed()
    {
        var run = NewRun();
        LeaveJournal(client => client.LogMetric(run, "loss", 1));
        Rewrite(owner => owner with { Boot = "an earlier one", ProcessId = 1 });
        using var next = NewClient().Client;
        Assert.Single(next.GetMetricHistory(run, "loss"));
    }

    [Fact]
    public void A_journal_of_another_machine_is_not_taken_even_when_its_lock_is_not_seen_and_its_process_number_is_free_here()
    {
        var run = NewRun();
        LeaveJournal(client => client.LogMetric(run, "loss", 1));
        Rewrite(owner => owner with { Host = "elsewhere", Boot = "another kernel", ProcessId = int.MaxValue });
        using (var next = NewClient().Client)
            Assert.Empty(next.GetMetricHistory(run, "loss"));
        Assert.Empty(Warnings);
        // A mount of NFS without locks, Lustre with "localflock": the lock is free here, or its file was removed by hand.
        File.Delete(LockFile());
        using (var next = NewClient().Client)
            Assert.Empty(next.GetMetricHistory(run, "loss"));
        Assert.Single(Segments());
    }

    [Fact]
    public void Values_that_wait_for_a_person_are_told_when_their_process_has_been_silent()
    {
        var run = NewRun();
        LeaveJournal(client => client.LogMetric(run, "loss", 1));
        Rewrite(owner => owner with { Host = "elsewhere", Boot = "another kernel", ProcessId = 17 });
        File.SetLastWriteTimeUtc(Segments().Single(), DateTime.UtcNow.AddMinutes(-11));
        using (var next = NewClient().Client)
            Assert.Empty(next.GetMetricHistory(run, "loss"));
        var told = Assert.Single(Warnings);
        Assert.Contains("of process 17 on 'elsewhere' holds 1 records", told, StringComparison.Ordinal);
        Assert.Contains("MlflowJournals.Replay", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_living_process_whose_lock_somebody_removed_keeps_its_journal()
    {
        var run = NewRun();
        var (first, faults) = NewClient();
        faults.Before = FaultyStore.Unreachable;
        for (var step = 0; step < 10; step++)
            first.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
        File.Delete(LockFile());

        using (var second = new MlflowClient(Folder.TrackingUri, Options))
            second.GetExperiment("0");
        Assert.Equal(JournalState.InUse, Assert.Single(MlflowJournals.Find(Folder.TrackingUri)).State);
        Assert.Empty(Stored(run));
        faults.Before = null;
        first.Flush();
        Assert.Equal(10, Stored(run).Count);
    }

    [Fact]
    public void A_journal_that_a_person_replays_too_early_loses_and_doubles_nothing()
    {
        var run = NewRun();
        var (living, faults) = NewClient();
        faults.Before = FaultyStore.Unreachable;
        for (var step = 0; step < 10; step++)
            living.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
        File.Delete(LockFile());
        Assert.Equal((10, 0), MlflowJournals.Replay(Assert.Single(MlflowJournals.Find(Folder.TrackingUri)), options: Options));

        faults.Before = null;
        living.Flush();
        living.LogMetric(run, "loss", 10, DateTimeOffset.UnixEpoch, 10);
        Assert.Single(Segments());
        living.Dispose();
        Assert.Equal(Enumerable.Range(0, 11).Select(step => (double)step), Stored(run).Select(point => point.Value));
        Assert.False(Directory.Exists(JournalFolder));
    }

    [Fact]
    public void A_journal_that_is_just_being_begun_is_left_to_its_process()
    {
        Directory.CreateDirectory(JournalFolder);
        var (begun, empty) = (Path.Combine(JournalFolder, "elsewhere-5-0.lock"), Path.Combine(JournalFolder, "elsewhere-6-0.000001.journal"));
        File.WriteAllText(begun, "another kernel");
        File.WriteAllText(empty, "");
        Look();
        Assert.Equal([begun, empty], Directory.GetFiles(JournalFolder).Order());
        Assert.DoesNotContain(MlflowJournals.Find(Folder.TrackingUri), journal => journal.State != JournalState.InUse);

        // What nobody goes on with in a day is nobody's.
        File.SetLastWriteTimeUtc(begun, DateTime.UtcNow.AddHours(-25));
        File.SetLastWriteTimeUtc(empty, DateTime.UtcNow.AddHours(-25));
        Look();
        Assert.False(Directory.Exists(JournalFolder));

        void Look()
        {
            using var client = NewClient().Client;
            client.SearchRuns(["0"]);
        }
    }

    [Fact]
    public async Task A_process_that_ended_is_known_even_when_nobody_has_taken_note_of_it()
    {
        if (!OperatingSystem.IsLinux())
            return;
        // The shell becomes a program that does not wait for its child, as the first process of a container often does not; the child ends after that.
        using var parent = Process.Start(new ProcessStartInfo("sh", ["-c", "exec 3<&0; cat <&3 >/dev/null & echo $!; exec sleep 600"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            var child = int.Parse(parent.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
            await UntilAsync($"/proc/{parent.Id}/comm", "sleep");
            parent.StandardInput.Close();
            await UntilAsync($"/proc/{child}/stat", ") Z ");
            var stat = File.ReadAllText($"/proc/{child}/stat");
            var ticks = long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(true, (HostIdentity.Current with { ProcessId = child, StartTicks = ticks }).HasEnded());
        }
        finally
        {
            parent.Kill();
        }

        static async Task UntilAsync(string path, string text)
        {
            while (!(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Contains(text, StringComparison.Ordinal))
                await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void A_journal_of_a_later_format_is_left_alone()
    {
        var run = NewRun();
        LeaveJournal(client => client.LogMetric(run, "loss", 1));
        Rewrite(owner => owner, JournalHeader.CurrentFormat + 1);
        using var next = NewClient().Client;
        Assert.Empty(next.GetMetricHistory(run, "loss"));
        Assert.Single(Segments());
    }

    private string LockFile() => Directory.GetFiles(JournalFolder, "*" + OwnerLock.Extension).Single();

    private void Rewrite(Func<HostIdentity, HostIdentity> change, int format = JournalHeader.CurrentFormat)
    {
        var path = Segments().Single();
        List<JournalFrame> frames;
        JournalHeader header;
        using (var segment = SegmentFile.TryOpen(path, FileAccess.Read)!)
        {
            header = segment.Header;
            frames = segment.Read(segment.Start, segment.End);
        }

        File.Delete(path);
        var owner = change(header.Owner);
        File.WriteAllText(LockFile(), owner.Kernel);
        using var rewritten = SegmentFile.Create(path, header with { Format = format, Owner = owner });
        frames.ForEach(frame => rewritten.Append(RecordEncoder.Encode(frame.Record!), flushToDisk: true));
    }
}
