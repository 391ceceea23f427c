using NotebookTestRunner.Audits.Sections;

namespace NotebookTestRunner.Tests.Audits.Sections;

public sealed class WorkingCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_stands_beside_the_folder_without_what_is_left_out_and_goes_away()
    {
        _folder.Write("work/data/a.csv", "1");
        _folder.Write("work/out/b.csv", "2");
        _folder.Write("work/c.txt", "3");
        _folder.Write("work/.ipynb_checkpoints/c.txt", "4");

        string place;
        using (var copy = WorkingCopy.Of(_folder.File("work"), path => path.EndsWith("/work/out", StringComparison.Ordinal) || path.EndsWith("/work/c.txt", StringComparison.Ordinal), TestContext.Current.CancellationToken))
        {
            place = copy.Folder;
            Assert.Equal(_folder.Path, Path.GetDirectoryName(place));
            Assert.True(WorkingCopy.IsNameOfOne(place.Replace('\\', '/')));
            Assert.Equal([Path.Combine(place, "data", "a.csv")], Directory.GetFiles(place, "*", SearchOption.AllDirectories));
            File.WriteAllText(Path.Combine(place, "data", "a.csv"), "changed");
        }

        Assert.False(Directory.Exists(place));
        Assert.Equal("1", File.ReadAllText(_folder.File("work/data/a.csv")));
    }

    [Fact]
    public void Links_still_lead_where_they_led_and_hidden_folders_are_not_copied()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows asks for a privilege.");
        _folder.Write("around.txt", "around");
        _folder.Write("work/.venv/large", "1");
        File.CreateSymbolicLink(_folder.File("work/link.txt"), "../around.txt");
        Directory.CreateSymbolicLink(_folder.File("work/up"), "..");

        using var copy = WorkingCopy.Of(_folder.File("work"), _ => false, TestContext.Current.CancellationToken);

        Assert.Equal("around", File.ReadAllText(Path.Combine(copy.Folder, "link.txt")));
        Assert.NotNull(new DirectoryInfo(Path.Combine(copy.Folder, "up")).LinkTarget);
        Assert.Equal(_folder.File("work/.venv"), new DirectoryInfo(Path.Combine(copy.Folder, ".venv")).LinkTarget);
    }

    [Fact]
    public void A_folder_that_is_too_large_is_refused_and_nothing_is_left()
    {
        _folder.Write("work/a.bin", new string('x', 2_000_000));

        var error = Assert.Throws<NotebookRunException>(() => WorkingCopy.Of(_folder.File("work"), _ => false, TestContext.Current.CancellationToken, most: 1_000_000));

        Assert.Contains("more than the 1 MB that are copied (at a.bin", error.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void The_root_of_a_disk_has_nothing_beside_it() =>
        Assert.Contains("beside / there is nothing", Assert.Throws<NotebookRunException>(() => WorkingCopy.Of("/", _ => false, TestContext.Current.CancellationToken)).Message.Replace(Path.GetPathRoot(Environment.CurrentDirectory)!, "/", StringComparison.Ordinal), StringComparison.Ordinal);
}
