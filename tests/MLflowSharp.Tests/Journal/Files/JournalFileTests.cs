using MLflowSharp.Journal.Files;
using MLflowSharp.Journal.Records;
using MLflowSharp.Journal.Recovery;

namespace MLflowSharp.Tests.Journal.Files;

public sealed class JournalFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Journals => Path.Combine(_folder.FullName, "mlflow.db.journals");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_follow_each_other_and_those_that_are_delivered_go()
    {
        using var journal = New(largestSegment: 1000);
        for (var step = 0; step < 100; step++)
            Append(journal, step);
        var most = Directory.GetFiles(Journals, "*.journal").Length;
        var steps = new List<long>();
        while (journal.ReadNext() is ({ } segment, { Count: > 0 } frames))
        {
            steps.AddRange(frames.Select(frame => frame.Record!.Metrics[0].Step));
            journal.Advance(segment, frames[^1].Next, frames.Count);
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(step => (long)step), steps);
        Assert.InRange(most, 4, 15);
        Assert.Empty(Directory.GetFiles(Journals, "*.journal").Skip(1));
        Assert.Equal((100, 100), (journal.Appended, journal.Delivered));
        Append(journal, 100);
        Assert.Equal(100, Assert.Single(journal.ReadNext()!.Value.Frames).Record!.Metrics[0].Step);
    }

    [Fact]
    public async Task A_journal_is_locked_also_when_others_take_and_remove_each_lock_they_find()
    {
        Directory.CreateDirectory(Journals);
        using var enough = new CancellationTokenSource();
        var searchers = Enumerable.Range(0, 2).Select(_ => Task.Run(
            () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    foreach (var left in LeftJournal.In(Journals).Where(left => File.Exists(left.LockPath)))
                    {
                        try
                        {
                            using var taken = OwnerLock.TryTake(left.LockPath);
                            taken?.Delete();
                        }
                        catch (DirectoryNotFoundException)
                        {
                            // The last journal took its folder along.
                        }
                    }
                }
            },
            TestContext.Current.CancellationToken)).ToList();

        for (var count = 0; count < 500; count++)
        {
            using var journal = New();
            Append(journal, 0);
            var path = journal.Stem + OwnerLock.Extension;
            Assert.True(File.Exists(path), $"The lock of journal {count} is gone.");
            Assert.Null(OwnerLock.TryTake(path));
        }

        await enough.CancelAsync();
        await Task.WhenAll(searchers);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_gives_way_to_the_next()
    {
        File.WriteAllText(Journals, "a file where the folder should be");
        var second = Path.Combine(_folder.FullName, "state", "x");
        using var journal = New(second);
        Append(journal, 1);
        Assert.StartsWith(second, journal.Stem, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder.FullName, "neither"), "");
        using var nowhere = New(Path.Combine(_folder.FullName, "neither"));
        Assert.ThrowsAny<IOException>(() => Append(nowhere, 1));
    }

    [Fact]
    public void Journals_are_beside_a_local_store_and_with_the_user_for_a_server()
    {
        var beside = JournalFolders.Of("sqlite:////data/mlflow.db", "/data/mlflow.db", new() { Folder = null });
        Assert.Equal("/data/mlflow.db.journals", beside[0]);
        Assert.StartsWith(JournalFolders.StateFolder, beside[1], StringComparison.Ordinal);
        Assert.Equal("/data/mlruns.journals", JournalFolders.Of("/data/mlruns/", "/data/mlruns/", new() { Folder = null })[0]);

        var server = Assert.Single(JournalFolders.Of("https://me:secret@host/a", null, new() { Folder = null }));
        Assert.StartsWith(JournalFolders.StateFolder, server, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", server, StringComparison.Ordinal);
        Assert.Equal(server, JournalFolders.Of("https://you@host/a/", null, new() { Folder = null }).Single());
        Assert.NotEqual(server, JournalFolders.Of("https://host/b", null, new() { Folder = null }).Single());
        Assert.Equal(
            _folder.FullName, Path.GetDirectoryName(Assert.Single(JournalFolders.Of("sqlite:////data/mlflow.db", "/data/mlflow.db", new() { Folder = _folder.FullName }))));
    }

    [Theory]
    [InlineData("21", false)]
    [InlineData("22", true)]
    [InlineData("23", false)]
    [InlineData("24", true)]
    [InlineData("25", false)]
    [InlineData("26", false)]
    [InlineData("27", true)]
    [InlineData("28", true)]
    [InlineData("2", false)]
    public void Locks_are_trusted_across_machines_only_where_the_mount_says_so(string mount, bool trusted)
    {
        string[] mounts =
        [
            "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda rw", "22 21 0:40 / /home rw shared:2 master:3 - nfs4 server:/home rw,vers=4.2,local_lock=none",
            "23 21 0:41 / /home/local rw - nfs server:/local rw,local_lock=all", "24 21 0:42 /a /lustre rw - lustre a@tcp:/l rw,flock,lazystatfs",
            "25 21 0:43 / /lustre2 rw - lustre a@tcp:/l2 rw,localflock", "26 21 0:44 / /lustre3 rw - lustre a@tcp:/l3 rw",
            @"27 21 0:45 / /with\040space rw,noatime master:1 propagate_from:2 - nfs4 server:/s rw", "28 21 0:46 / /scratch rw - gpfs gpfs0 rw",
        ];
        Assert.Equal(trusted, NetworkLocks.HoldEverywhere(mount, mounts));
    }

    [Fact]
    public void An_open_file_tells_its_mount_through_any_link()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var real = Directory.CreateDirectory(Path.Combine(_folder.FullName, "real")).FullName;
        var link = Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "link"), real).FullName;
        using var taken = OwnerLock.TryTake(Path.Combine(link, "x.lock"))!;
        var mount = File.ReadLines($"/proc/self/fdinfo/{taken.Handle.DangerousGetHandle()}").Single(line => line.StartsWith("mnt_id:", StringComparison.Ordinal))["mnt_id:".Length..].Trim();
        var lines = File.ReadAllLines("/proc/self/mountinfo");
        Assert.Single(lines, line => line.StartsWith(mount + " ", StringComparison.Ordinal));
        Assert.Equal(NetworkLocks.HoldEverywhere(mount, lines), NetworkLocks.HoldEverywhere(taken.Handle));
    }

    [Fact]
    public void A_journal_that_somebody_else_wrote_to_the_store_is_given_up_for_a_new_one()
    {
        using var journal = New();
        Append(journal, 0);
        Append(journal, 1);
        var first = journal.Stem!;
        using (var segment = SegmentFile.TryOpen(Directory.GetFiles(Journals, "*.journal").Single(), FileAccess.ReadWrite)!)
            segment.WriteDelivered(segment.End);
        foreach (var path in Directory.GetFiles(Journals))
            File.Delete(path);

        Assert.Null(journal.ReadNext());
        Assert.Equal((2, 2), (journal.Appended, journal.Delivered));
        Append(journal, 2);
        Assert.NotEqual(first, journal.Stem);
        Assert.Equal(2, Assert.Single(journal.ReadNext()!.Value.Frames).Record!.Metrics[0].Step);
        Assert.Equal([".journal", OwnerLock.Extension], Directory.GetFiles(Journals).Select(Path.GetExtension).Order());
    }

    [Fact]
    public void A_lock_is_one_for_all_and_known_to_work_here()
    {
        var path = Path.Combine(_folder.FullName, "x.lock");
        using (var taken = OwnerLock.TryTake(path)!)
        {
            Assert.True(taken.IsReliable);
            Assert.Equal("", taken.Kernel);
            Assert.Null(OwnerLock.TryTake(path));
        }

        // Nobody's lock is no lock: who only looked leaves nothing.
        Assert.False(File.Exists(path));
        using (var made = OwnerLock.TryCreate(path))
            Assert.Equal(HostIdentity.Current.Kernel, made!.Kernel);
        using var found = OwnerLock.TryTake(path)!;
        Assert.Equal(HostIdentity.Current.Kernel, found.Kernel);
        found.Delete();
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_process_is_told_from_one_that_is_gone_and_from_one_of_another_machine()
    {
        var here = HostIdentity.Current;
        Assert.Equal(false, here.HasEnded());
        Assert.Equal(true, (here with { StartTicks = 0, ProcessStart = here.ProcessStart.AddHours(-1) }).HasEnded());
        // A clock that was set back or forth moves the time that the system reports, and no process.
        if (here.StartTicks > 0)
            Assert.Equal((false, true), ((here with { ProcessStart = here.ProcessStart.AddHours(-1) }).HasEnded(), (here with { StartTicks = here.StartTicks + 1 }).HasEnded()));
        Assert.Equal(true, (here with { ProcessId = int.MaxValue }).HasEnded());
        Assert.Null((here with { Host = "elsewhere", Boot = "other" }).HasEnded());
        if (here.Boot.Length > 0)
        {
            Assert.Equal(true, (here with { Boot = "an earlier one" }).HasEnded());
            Assert.Null((here with { Boot = "" }).HasEnded());
        }

        // Two machines of one name: "localhost", a copied virtual machine.
        if (here.Machine is not null)
            Assert.Null((here with { Boot = "another kernel", Machine = "another one" }).HasEnded());
        if (here.PidNamespace.Length > 0)
            Assert.Null((here with { PidNamespace = "another container" }).HasEnded());
    }

    private JournalFile New(string? second = null, long largestSegment = 64 << 20) => new(
        second is null ? [Journals] : [Journals, second],
        () => new(JournalHeader.CurrentFormat, "test", HostIdentity.Current, DateTimeOffset.UnixEpoch, "x"), flushToDisk: false, largestSegment);

    private static void Append(JournalFile journal, long step) => Assert.True(journal.Append(RecordEncoder.Metric("run", "loss", step, 0, step)));
}
