using System.Runtime.Versioning;

namespace NotebookTestRunner.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_is_replaced_and_nothing_else_is_left()
    {
        var path = folder.Write("report.xml", "old");

        await AtomicFile.WriteAsync(path, "new é", "report", Token);

        Assert.Equal("new é", await File.ReadAllTextAsync(path, Token));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Missing_folders_are_made()
    {
        await AtomicFile.WriteAsync(folder.File("a/b/report.xml"), "new", "report", Token);

        Assert.True(File.Exists(folder.File("a/b/report.xml")));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_link_is_written_through_and_permissions_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights on Windows, and permissions are others.");
        var target = folder.Write("shared.ipynb", "old");
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.CreateSymbolicLink(folder.File("lesson.ipynb"), target);

        await AtomicFile.WriteAsync(folder.File("lesson.ipynb"), "new", "notebook", Token);

        Assert.NotNull(new FileInfo(folder.File("lesson.ipynb")).LinkTarget);
        Assert.Equal("new", await File.ReadAllTextAsync(target, Token));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(target));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_named_and_what_was_there_stays()
    {
        var file = folder.Write("artifacts", "a file where a folder should be");

        var error = await Assert.ThrowsAsync<NotebookRunException>(() => AtomicFile.WriteAsync(Path.Combine(file, "report.xml"), "new", "JUnit report", Token));

        Assert.Contains($"The JUnit report {Path.Combine(file, "report.xml")} cannot be written", error.Message, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_write_that_is_stopped_leaves_the_old_file()
    {
        var path = folder.Write("report.xml", "old");
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AtomicFile.WriteAsync(path, "new", "report", stopped.Token));

        Assert.Equal("old", await File.ReadAllTextAsync(path, Token));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }
}
