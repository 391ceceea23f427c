using MLflowSharp.Journal.Files;
using MLflowSharp.Journal.Records;

namespace MLflowSharp.Tests.Journal;

public sealed class RecoveryTests : JournalTest
{
    [Fact]
    public async Task Several_clients_at_once_replay_a_journal_once_in_its_order()
    {
        var run = NewRun();
        LeaveJournal(client =>
        {
            client.GetRun(run);
            for (var step = 0; step < 500; step++)
                client.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
            for (var i = 0; i < 50; i++)
                client.SetTag(run, "last", i);
            client.SetTerminated(run, RunStatus.Killed);
        });

        var clients = Enumerable.Range(0, 6).Select(_ => NewClient()).ToList();
        await Task.WhenAll(clients.Select(pair => Task.Run(() => pair.Client.GetExperiment("0"))));
        await Task.WhenAll(clients.Select(pair => Task.Run(() => pair.Client.SearchRuns(["0"]))));
        clients.ForEach(pair => pair.Client.Dispose());

        Assert.Equal(51, clients.Sum(pair => pair.Faults.Calls.Count(call => call is "LogBatchAsync")));
        var stored = StoredRun(run);
        Assert.Equal(("49", RunStatus.Killed, 500), (stored.Data.Tags["last"], stored.Info.Status, Stored(run).Count));
        Assert.Contains("551 records that it had logged", Assert.Single(Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain("did not end", Warnings.Single(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(JournalFolder));
    }

    [Fact]
    public void A_run_that_was_not_ended_is_left_as_it_is_and_named()
    {
        var run = NewRun();
        LeaveJournal(client => client.LogMetric(run, "loss", 1));
        using var next = NewClient().Client;
        Assert.Equal(RunStatus.Running, next.GetRun(run).Info.Status);
        Assert.Contains($"It did not end run {run}, whose status is left as it is", Assert.Single(Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_replayed_comes_before_what_is_logged_next()
    {
        var run = NewRun();
        LeaveJournal(client => client.SetTag(run, "who", "the dead one"));
        using var next = NewClient().Client;
        next.SetTag(run, "who", "the next one");
        Assert.Equal("the next one", next.GetRun(run).Data.Tags["who"]);
    }

    [Fact]
    public void A_journal_torn_at_any_byte_gives_its_whole_records_and_nothing_else()
    {
        var run = NewRun();
        LeaveJournal(client =>
        {
            client.GetRun(run);
            for (var step = 0; step < 4; step++)
                client.LogMetric(run, "loss", step, DateTimeOffset.FromUnixTimeMilliseconds(step), step);
            client.LogBatch(run, [new("m", 1, 1), new("m", 2, 2)], [new("p", "value")], [new("t", new string('ü', 300))]);
        });
        var whole = Segments().Single();
        var lockFile = Directory.GetFiles(JournalFolder, "*" + OwnerLock.Extension).Single();
        var bytes = File.ReadAllBytes(whole);
        List<JournalFrame> frames;
        using (var segment = SegmentFile.TryOpen(whole, FileAccess.Read)!)
            frames = segment.Read(segment.Start, segment.End);
        Assert.Equal(5, frames.Count);
        Directory.Delete(JournalFolder, recursive: true);

        var torn = Path.Combine(Folder.FullName, "torn");
        for (var length = 0; length <= bytes.Length; length++)
        {
            File.WriteAllBytes(torn, bytes[..length]);
            using var segment = SegmentFile.TryOpen(torn, FileAccess.Read);
            Assert.Equal(length >= frames[0].Offset, segment is not null);
            if (segment is not null)
                Assert.Equal(frames.Where(frame => frame.Next <= length).Select(frame => frame.Next), segment.Read(segment.Start, segment.End).Select(frame => frame.Next));
        }

        foreach (var length in frames.SelectMany(frame => (int[])[(int)frame.Offset + 1, (int)frame.Next - 1, (int)frame.Next]).Where(length => length > frames[2].Offset))
        {
            using var folder = new TemporaryFolder();
            File.Copy(Folder.DatabasePath, folder.DatabasePath);
            var journals = Directory.CreateDirectory(folder.DatabasePath + ".journals").FullName;
            File.WriteAllBytes(Path.Combine(journals, Path.GetFileName(whole)), bytes[..length]);
            File.WriteAllText(Path.Combine(journals, Path.GetFileName(lockFile)), HostIdentity.Current.Kernel);
            var warnings = new List<string>();
            using var client = folder.NewClient(folder.Options with { Warn = warnings.Add });

            var found = client.GetRun(run).Data;
            var complete = frames.Count(frame => frame.Next <= length);
            Assert.Equal(Math.Min(complete, 4), client.GetMetricHistory(run, "loss").Count);
            Assert.Equal(complete == 5 ? 2 : 0, client.GetMetricHistory(run, "m").Count);
            Assert.Equal(complete == 5, found.Params.ContainsKey("p"));
            Assert.Equal(complete == 5, found.Tags.ContainsKey("t"));
            Assert.Equal(!frames.Any(frame => frame.Offset == length || frame.Next == length), warnings.Single().Contains("no whole record", StringComparison.Ordinal));
            Assert.False(Directory.Exists(journals));
        }
    }

    [Fact]
    public void A_journal_whose_bytes_were_damaged_loses_only_the_record_they_are_in()
    {
        var run = NewRun();
        LeaveJournal(client =>
        {
            client.GetRun(run);
            for (var step = 0; step < 10; step++)
                client.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
        });
        var path = Segments().Single();
        var bytes = File.ReadAllBytes(path);
        long offset;
        using (var segment = SegmentFile.TryOpen(path, FileAccess.Read)!)
            offset = segment.Read(segment.Start, segment.End)[4].Offset;
        bytes[offset + Frame.HeadLength + 40] ^= 0x10;
        File.WriteAllBytes(path, bytes);

        using var next = NewClient().Client;
        Assert.Equal([0, 1, 2, 3, 5, 6, 7, 8, 9], next.GetMetricHistory(run, "loss").Select(point => point.Value));
        Assert.Contains("checksum does not fit", Assert.Single(Warnings), StringComparison.Ordinal);
        Assert.Contains("\"damaged\":\"", File.ReadAllText(Directory.GetFiles(JournalFolder, "*.rejected").Single()), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_journal_harm_nobody()
    {
        var run = NewRun();
        Directory.CreateDirectory(JournalFolder);
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            var bytes = new byte[random.Next(2000)];
            random.NextBytes(bytes);
            if (i % 2 == 0)
                "MLFSJNL\n"u8[..Math.Min(8, bytes.Length)].CopyTo(bytes);
            File.WriteAllBytes(Path.Combine(JournalFolder, $"x-{i}.000001.journal"), bytes);
        }

        using var next = NewClient().Client;
        next.LogMetric(run, "loss", 1);
        Assert.Single(next.GetMetricHistory(run, "loss"));
    }

    [Fact]
    public void A_journal_can_be_discarded()
    {
        var run = NewRun();
        LeaveJournal(client => client.LogMetric(run, "loss", 1));
        var journal = Assert.Single(MlflowJournals.Find(Folder.TrackingUri));
        Assert.Equal((JournalState.Left, Folder.DatabasePath), (journal.State, journal.Store["sqlite:///".Length..]));
        MlflowJournals.Discard(journal);
        using var next = NewClient().Client;
        Assert.Empty(next.GetMetricHistory(run, "loss"));
        Assert.False(Directory.Exists(JournalFolder));
    }

    [Fact]
    public void A_journal_of_runs_that_are_gone_is_set_aside_and_stays_listed()
    {
        var run = NewRun();
        LeaveJournal(client => client.LogMetric(run, "loss", 1));
        File.Delete(Folder.DatabasePath);
        using var next = NewClient().Client;
        next.SearchRuns(["0"]);
        Assert.Contains("1 were refused by the store", Assert.Single(Warnings), StringComparison.Ordinal);
        var journal = Assert.Single(MlflowJournals.Find(Folder.TrackingUri));
        Assert.Equal((JournalState.Done, 0, true), (journal.State, journal.Records, File.Exists(journal.RejectedFile)));
        MlflowJournals.Discard(journal);
        Assert.Empty(MlflowJournals.Find(Folder.TrackingUri));
    }

    [Fact]
    public void A_store_that_is_away_gets_the_journals_of_the_dead_when_it_is_back()
    {
        var run = NewRun();
        LeaveJournal(client => client.LogMetric(run, "loss", 1, step: 1));
        var (next, faults) = NewClient();
        faults.Before = (method, arguments) =>
        {
            if (method == "LogBatchAsync")
                FaultyStore.Unreachable(method, arguments);
        };
        next.GetRun(run);
        next.LogMetric(run, "loss", 2, step: 2);
        Assert.Empty(Stored(run));
        faults.Before = null;
        next.Flush();
        Assert.Equal(2, Stored(run).Count);
    }
}
