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
    [InlineData("/scratch/me", true)]
    [InlineData("/home/me", true)]
    [InlineData("/home/local/me", false)]
    [InlineData("/lustre/me", true)]
    [InlineData("/lustre2/me", false)]
    [InlineData("/with space/me", true)]
    [InlineData("/tmp", false)]
    public void Locks_are_trusted_across_machines_only_where_the_mount_says_so(string folder, bool trusted)
    {
        if (OperatingSystem.IsWindows())
            return;
        string[] mounts =
        [
            "/dev/sda / ext4 rw 0 0", "server:/home /home nfs4 rw,vers=4.2 0 0", "server:/local /home/local nfs rw,local_lock=all 0 0",
            "a@tcp:/l /lustre lustre rw,flock,lazystatfs 0 0", "a@tcp:/l2 /lustre2 lustre rw,localflock 0 0", "gpfs0 /scratch gpfs rw 0 0",
            @"server:/s /with\040space nfs4 rw 0 0",
        ];
        Assert.Equal(trusted, NetworkLocks.HoldEverywhere(folder, mounts));
    }

    [Fact]
    public void A_lock_is_one_for_all_and_known_to_work_here()
    {
        var path = Path.Combine(_folder.FullName, "x.lock");
        using (var taken = OwnerLock.TryTake(path)!)
        {
            Assert.True(taken.IsReliable);
            Assert.Null(OwnerLock.TryTake(path));
        }

        OwnerLock.TryTake(path)!.Delete();
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_process_is_told_from_one_that_is_gone_and_from_one_of_another_machine()
    {
        var here = HostIdentity.Current;
        Assert.Equal(false, here.HasEnded());
        Assert.Equal(true, (here with { ProcessStart = here.ProcessStart.AddHours(-1) }).HasEnded());
        Assert.Equal(true, (here with { ProcessId = int.MaxValue }).HasEnded());
        Assert.Null((here with { Host = "elsewhere", Boot = "other" }).HasEnded());
        if (here.Boot.Length > 0)
            Assert.Equal(true, (here with { Boot = "an earlier one" }).HasEnded());
        if (here.PidNamespace.Length > 0)
            Assert.Null((here with { PidNamespace = "another container" }).HasEnded());
    }

    private JournalFile New(string? second = null, long largestSegment = 64 << 20) => new(
        second is null ? [Journals] : [Journals, second],
        () => new(JournalHeader.CurrentFormat, "test", HostIdentity.Current, DateTimeOffset.UnixEpoch, "x"), flushToDisk: false, largestSegment);

    private static void Append(JournalFile journal, long step) => Assert.True(journal.Append(RecordEncoder.Metric("run", "loss", step, 0, step)));
}
