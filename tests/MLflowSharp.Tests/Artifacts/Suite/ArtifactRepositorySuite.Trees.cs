using MLflowSharp.Artifacts.Transfer;

namespace MLflowSharp.Tests.Artifacts.Suite;

public abstract partial class ArtifactRepositorySuite
{
    [Fact]
    public async Task A_tree_goes_there_and_comes_back()
    {
        var tree = new Dictionary<string, byte[]>
        {
            ["a.txt"] = Bytes(10),
            ["empty.txt"] = [],
            ["sub/b c.bin"] = Bytes(70_000),
            ["sub/deep/er/ä.txt"] = Bytes(3),
        };
        foreach (var (name, content) in tree)
            await LocalFileAsync($"tree/{name}", content);
        Directory.CreateDirectory(Path.Combine(Local, "tree", "nothing", "in here"));
        var progress = new Reports();

        await ArtifactTransfer.UploadTreeAsync(Repository, Path.Combine(Local, "tree"), "up", new() { Progress = progress, Parallelism = 3 }, Cancelled);
        Assert.Equal(tree.Keys.Order(StringComparer.Ordinal), progress.All.Where(report => report.IsWhole).Select(report => report.File["up/".Length..]).Distinct().Order(StringComparer.Ordinal));

        var down = await ArtifactTransfer.DownloadAsync(Repository, "up", Path.Combine(Local, "copies"), null, Cancelled);
        Assert.Equal(Path.Combine(Local, "copies", "up"), down);
        Assert.Equal(
            tree.Keys.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(down, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(down, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        foreach (var (name, content) in tree)
            Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(down, name), Cancelled));
        Assert.Equal(KeepsEmptyFolders, Directory.Exists(Path.Combine(down, "nothing", "in here")));
    }

    [Fact]
    public async Task Everything_or_one_file_is_downloaded_under_its_own_path()
    {
        await WriteAsync("a/b.txt", "text");
        await WriteAsync("c.txt", "more");
        var copies = Path.Combine(Local, "copies");

        Assert.Equal(Path.Combine(copies, "a", "b.txt"), await ArtifactTransfer.DownloadAsync(Repository, "a/b.txt", copies, null, Cancelled));
        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(copies, "a", "b.txt"), Cancelled));
        Assert.False(File.Exists(Path.Combine(copies, "c.txt")));

        Assert.Equal(copies, await ArtifactTransfer.DownloadAsync(Repository, "", copies, null, Cancelled));
        Assert.Equal("more", await File.ReadAllTextAsync(Path.Combine(copies, "c.txt"), Cancelled));
    }

    [Fact]
    public async Task Without_a_destination_a_readable_file_is_returned()
    {
        await WriteAsync("a/b.txt", "text");
        var path = await ArtifactTransfer.DownloadAsync(Repository, "a/b.txt", null, null, Cancelled);
        Assert.Equal("text", await File.ReadAllTextAsync(path, Cancelled));
    }

    [Fact]
    public async Task An_empty_place_is_downloaded_as_an_empty_folder()
    {
        var copies = Path.Combine(Local, "copies");
        Assert.Equal(copies, await ArtifactTransfer.DownloadAsync(Repository, null, copies, null, Cancelled));
        Assert.Empty(Directory.EnumerateFileSystemEntries(copies));
    }

    [Fact]
    public async Task A_missing_download_leaves_nothing()
    {
        var copies = Path.Combine(Local, "copies");
        var error = await Assert.ThrowsAsync<MlflowException>(() => ArtifactTransfer.DownloadAsync(Repository, "none/here", copies, null, Cancelled));
        Assert.Equal(ErrorCode.ResourceDoesNotExist, error.ErrorCode);
        Assert.Empty(Directory.EnumerateFiles(Local, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_resumed_tree_sends_only_what_is_missing_or_other()
    {
        foreach (var name in (string[])["same.txt", "shorter.txt", "missing.txt", "sub/same.txt"])
            await LocalFileAsync($"tree/{name}", Bytes(1000));
        await ArtifactTransfer.UploadTreeAsync(Repository, Path.Combine(Local, "tree"), "up", null, Cancelled);
        await Repository.DeleteArtifactsAsync("up/missing.txt", Cancelled);
        await WriteAsync("up/shorter.txt", "cut");
        var before = await LengthsAsync();

        var progress = new Reports();
        await ArtifactTransfer.UploadTreeAsync(Repository, Path.Combine(Local, "tree"), "up", new() { Resume = true, Progress = progress }, Cancelled);

        Assert.Equal(["missing.txt", "same.txt", "shorter.txt", "sub"], before.Keys.Append("missing.txt").Order(StringComparer.Ordinal));
        Assert.Equal(4, progress.All.Where(report => report.IsWhole).Select(report => report.File).Distinct().Count());
        foreach (var name in (string[])["same.txt", "shorter.txt", "missing.txt", "sub/same.txt"])
            Assert.Equal(Bytes(1000), await ReadAsync($"up/{name}"));

        async Task<Dictionary<string, long?>> LengthsAsync() =>
            (await Repository.ListArtifactsAsync("up", Cancelled)).ToDictionary(entry => entry.Path["up/".Length..], entry => entry.FileSize);
    }

    [Fact]
    public async Task A_deep_tree_is_copied()
    {
        var deep = string.Join('/', Enumerable.Range(0, 60).Select(level => $"d{level}"));
        await LocalFileAsync($"tree/{deep}/leaf.txt", "leaf"u8.ToArray());

        await ArtifactTransfer.UploadTreeAsync(Repository, Path.Combine(Local, "tree"), null, null, Cancelled);
        var down = await ArtifactTransfer.DownloadAsync(Repository, "d0", Path.Combine(Local, "copies"), null, Cancelled);
        Assert.Equal("leaf", await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(down)!, deep, "leaf.txt"), Cancelled));
    }

    [Fact]
    public async Task Links_in_a_tree_are_followed_and_circles_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only some users make links.");
        await LocalFileAsync("elsewhere/x/file.txt", "linked"u8.ToArray());
        await LocalFileAsync("tree/own.txt", "own"u8.ToArray());
        File.CreateSymbolicLink(Path.Combine(Local, "tree", "file.txt"), Path.Combine(Local, "elsewhere", "x", "file.txt"));
        Directory.CreateSymbolicLink(Path.Combine(Local, "tree", "folder"), Path.Combine(Local, "elsewhere"));

        await ArtifactTransfer.UploadTreeAsync(Repository, Path.Combine(Local, "tree"), "up", null, Cancelled);
        Assert.Equal("linked"u8.ToArray(), await ReadAsync("up/file.txt"));
        Assert.Equal("linked"u8.ToArray(), await ReadAsync("up/folder/x/file.txt"));

        var loop = Path.Combine(Local, "elsewhere", "x", "loop");
        foreach (var target in (string[])[Path.Combine(Local, "elsewhere"), Path.Combine(Local, "nowhere"), loop])
        {
            Directory.CreateSymbolicLink(loop, target);
            var error = await Assert.ThrowsAsync<MlflowException>(() => ArtifactTransfer.UploadTreeAsync(Repository, Path.Combine(Local, "tree"), "other", null, Cancelled));
            Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
            Assert.Contains("symbolic link", error.Message, StringComparison.Ordinal);
            File.Delete(loop);
        }

        Assert.False(await Repository.ExistsAsync("other", Cancelled));
    }

    [Theory]
    [InlineData("back\\slash.txt")]
    [InlineData("line\nbreak.txt")]
    [InlineData("c:drive.txt")]
    public async Task A_name_that_no_artifact_may_have_is_refused_before_anything_is_written(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        await LocalFileAsync("tree/a.txt", "text"u8.ToArray());
        await LocalFileAsync($"tree/{name}", "text"u8.ToArray());

        var error = await Assert.ThrowsAsync<MlflowException>(() => ArtifactTransfer.UploadTreeAsync(Repository, Path.Combine(Local, "tree"), null, null, Cancelled));
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.Empty(await Repository.ListArtifactsAsync(null, Cancelled));
    }
}
