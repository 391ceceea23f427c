using System.Text;
using MLflowSharp.Artifacts;

namespace MLflowSharp.Tests.Artifacts.Suite;

/// <summary>What every place for artifacts has to do. Each kind of place runs all of it.</summary>
public abstract partial class ArtifactRepositorySuite : IAsyncLifetime
{
    private readonly DirectoryInfo _local = Directory.CreateTempSubdirectory("artifact-suite-");

    /// <summary>The place under test, empty at the beginning of each test.</summary>
    protected IArtifactRepository Repository { get; private set; } = null!;

    /// <summary>A local folder of the test.</summary>
    protected string Local => _local.FullName;

    /// <summary>Whether a folder without files is kept.</summary>
    protected virtual bool KeepsEmptyFolders => false;

    /// <summary>Characters that the place refuses in names, as the real servers do.</summary>
    protected virtual string RefusedInNames => "";

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => Repository = await NewRepositoryAsync();

    public virtual ValueTask DisposeAsync()
    {
        _local.Delete(recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected abstract Task<IArtifactRepository> NewRepositoryAsync();

    [Fact]
    public async Task Folders_are_listed_sorted_one_level_at_a_time()
    {
        await WriteAsync("b.txt", "12345");
        await WriteAsync("a/c/d.txt", "1");
        await WriteAsync("a/b.txt", "");
        await WriteAsync("ab/x.txt", "");

        Assert.Equal(
            [new("a", IsDirectory: true, null), new("ab", IsDirectory: true, null), new ArtifactInfo("b.txt", IsDirectory: false, 5)],
            await Repository.ListArtifactsAsync(null, Cancelled));
        Assert.Equal([new("a/b.txt", IsDirectory: false, 0), new ArtifactInfo("a/c", IsDirectory: true, null)], await Repository.ListArtifactsAsync("a", Cancelled));
        Assert.Equal(["a/c/d.txt"], (await Repository.ListArtifactsAsync("a/c/", Cancelled)).Select(entry => entry.Path));
    }

    [Fact]
    public async Task A_file_and_what_is_not_there_have_no_entries()
    {
        await WriteAsync("a/b.txt", "text");

        Assert.Empty(await Repository.ListArtifactsAsync("a/b.txt", Cancelled));
        Assert.Empty(await Repository.ListArtifactsAsync("none", Cancelled));
        Assert.Empty(await Repository.ListArtifactsAsync("a/b", Cancelled));
    }

    [Fact]
    public async Task An_empty_place_has_no_entries() => Assert.Empty(await Repository.ListArtifactsAsync(null, Cancelled));

    [Fact]
    public async Task Files_and_folders_exist_or_not()
    {
        await WriteAsync("a/b.txt", "text");

        Assert.True(await Repository.ExistsAsync("a/b.txt", Cancelled));
        Assert.True(await Repository.ExistsAsync("a", Cancelled));
        Assert.False(await Repository.ExistsAsync("a/b", Cancelled));
        Assert.False(await Repository.ExistsAsync("none.txt", Cancelled));
        Assert.False(await Repository.ExistsAsync("none/b.txt", Cancelled));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_003)]
    public async Task A_file_comes_back_byte_for_byte(int size)
    {
        var content = Bytes(size);
        var source = await LocalFileAsync("source.bin", content);
        var progress = new Reports();

        await Repository.UploadFileAsync(source, "data/copy.bin", new() { Progress = progress }, Cancelled);
        Assert.Equal(new("data/copy.bin", size, size), progress.Last);
        Assert.Equal(content, await ReadAsync("data/copy.bin"));

        var copy = Path.Combine(Local, "new", "folder", "copy.bin");
        await Repository.DownloadFileAsync("data/copy.bin", copy, new() { Progress = progress }, Cancelled);
        Assert.Equal(content, await File.ReadAllBytesAsync(copy, Cancelled));
        Assert.Equal(new("data/copy.bin", size, size), progress.Last);
        Assert.Equal(["copy.bin"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(copy)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Writing_again_replaces()
    {
        await WriteAsync("a.txt", "a longer text than the next");
        await WriteAsync("a.txt", "short");
        Assert.Equal("short", Encoding.UTF8.GetString(await ReadAsync("a.txt")));

        var copy = await LocalFileAsync("a.txt", "what was here before"u8.ToArray());
        await Repository.DownloadFileAsync("a.txt", copy, null, Cancelled);
        Assert.Equal("short", await File.ReadAllTextAsync(copy, Cancelled));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_what_was_there()
    {
        await WriteAsync("a.txt", "old");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Repository.WriteAsync("a.txt", async (stream, token) =>
        {
            await stream.WriteAsync("new"u8.ToArray(), token);
            throw new InvalidOperationException("The writer gave up.");
        }, Cancelled));

        Assert.Equal("old", Encoding.UTF8.GetString(await ReadAsync("a.txt")));
        Assert.Equal(["a.txt"], (await Repository.ListArtifactsAsync(null, Cancelled)).Select(entry => entry.Path));
    }

    [Fact]
    public async Task What_is_not_there_is_said_to_be_missing()
    {
        await WriteAsync("a/b.txt", "text");
        foreach (var path in (string[])["none.txt", "a/none.txt", "none/b.txt", "a/b"])
        {
            Assert.Equal(ErrorCode.ResourceDoesNotExist, (await Assert.ThrowsAsync<MlflowException>(() => ReadAsync(path))).ErrorCode);
            var copy = Path.Combine(Local, "copy");
            Assert.Equal(ErrorCode.ResourceDoesNotExist, (await Assert.ThrowsAsync<MlflowException>(() => Repository.DownloadFileAsync(path, copy, null, Cancelled))).ErrorCode);
            Assert.False(File.Exists(copy));
        }
    }

    [Fact]
    public async Task Files_and_folders_are_deleted_and_neighbours_stay()
    {
        foreach (var path in (string[])["a/b.txt", "a/c/d.txt", "ab/e.txt", "a.txt", "f.txt"])
            await WriteAsync(path, "text");

        await Repository.DeleteArtifactsAsync("f.txt", Cancelled);
        await Repository.DeleteArtifactsAsync("a", Cancelled);
        await Repository.DeleteArtifactsAsync("none", Cancelled);
        Assert.Equal(["a.txt", "ab"], (await Repository.ListArtifactsAsync(null, Cancelled)).Select(entry => entry.Path));

        await Repository.DeleteArtifactsAsync(null, Cancelled);
        Assert.Empty(await Repository.ListArtifactsAsync(null, Cancelled));
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("a/../../outside.txt")]
    [InlineData("%2e%2e/outside.txt")]
    [InlineData("..\\outside.txt")]
    [InlineData("/outside.txt")]
    [InlineData("file:///outside.txt")]
    [InlineData("C:\\outside.txt")]
    public async Task Nothing_outside_is_touched(string path)
    {
        var copy = await LocalFileAsync("source.txt", "text"u8.ToArray());
        foreach (var attempt in (Func<Task>[])
        [
            () => WriteAsync(path, "x"),
            () => Repository.UploadFileAsync(copy, path, null, Cancelled),
            () => Repository.DownloadFileAsync(path, Path.Combine(Local, "copy.txt"), null, Cancelled),
            () => Repository.OpenReadAsync(path, null, Cancelled),
            () => Repository.ListArtifactsAsync(path, Cancelled),
            () => Repository.ExistsAsync(path, Cancelled),
            () => Repository.DeleteArtifactsAsync(path, Cancelled),
        ])
        {
            Assert.Equal(ErrorCode.InvalidParameterValue, (await Assert.ThrowsAsync<MlflowException>(attempt)).ErrorCode);
        }
    }

    [Theory]
    [InlineData("with space.txt")]
    [InlineData("grüße ✓ 日本語.txt")]
    [InlineData("50 % off.txt")]
    [InlineData("what?.txt")]
    [InlineData("number #1.txt")]
    [InlineData("a+b=c&d.txt")]
    [InlineData("quote'.txt")]
    [InlineData("semi;colon,comma.txt")]
    [InlineData("~tilde!(1)[2]{3}$.txt")]
    [InlineData(".hidden")]
    [InlineData("..two dots")]
    public async Task Names_come_back_as_they_were(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name.Contains('?', StringComparison.Ordinal), "Windows has no such names.");
        if (name.IndexOfAny([.. RefusedInNames]) >= 0)
        {
            Assert.Equal(ErrorCode.InvalidParameterValue, (await Assert.ThrowsAsync<MlflowException>(() => WriteAsync($"f/{name}", "text"))).ErrorCode);
            return;
        }

        var path = $"folder {name}/{name}";
        await WriteAsync(path, name);

        Assert.Equal([$"folder {name}"], (await Repository.ListArtifactsAsync(null, Cancelled)).Select(entry => entry.Path));
        Assert.Equal([path], (await Repository.ListArtifactsAsync($"folder {name}", Cancelled)).Select(entry => entry.Path));
        Assert.Equal(name, Encoding.UTF8.GetString(await ReadAsync(path)));
        Assert.True(await Repository.ExistsAsync(path, Cancelled));
        await Repository.DeleteArtifactsAsync(path, Cancelled);
        Assert.False(await Repository.ExistsAsync(path, Cancelled));
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        await WriteAsync("a.txt", "text");
        var copy = await LocalFileAsync("copy.txt", "before"u8.ToArray());
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Repository.UploadFileAsync(copy, "b.txt", null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Repository.DownloadFileAsync("a.txt", copy, null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Repository.ListArtifactsAsync(null, cancelled));
        Assert.Equal("before", await File.ReadAllTextAsync(copy, Cancelled));
        Assert.Equal(["a.txt"], (await Repository.ListArtifactsAsync(null, Cancelled)).Select(entry => entry.Path));
    }

    [Fact]
    public async Task Many_callers_write_the_same_file_and_one_of_them_wins_whole()
    {
        var contents = Enumerable.Range(0, 8).Select(writer => new string((char)('a' + writer), 100_000)).ToList();
        await Task.WhenAll(contents.Select(content => WriteAsync("shared.txt", content)));

        Assert.Contains(Encoding.UTF8.GetString(await ReadAsync("shared.txt")), contents);
        Assert.Equal(["shared.txt"], (await Repository.ListArtifactsAsync(null, Cancelled)).Select(entry => entry.Path));
    }

    protected static byte[] Bytes(int size)
    {
        var content = new byte[size];
        new Random(size).NextBytes(content);
        return content;
    }

    protected Task WriteAsync(string path, string text) =>
        Repository.WriteAsync(path, (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), token).AsTask(), Cancelled);

    protected async Task<byte[]> ReadAsync(string path)
    {
        using var content = await Repository.OpenReadAsync(path, null, Cancelled);
        using var memory = new MemoryStream();
        await content.Stream.CopyToAsync(memory, Cancelled);
        return memory.ToArray();
    }

    protected async Task<string> LocalFileAsync(string name, byte[] content)
    {
        var path = Path.Combine(Local, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, content, Cancelled);
        return path;
    }

    /// <summary>Keeps what is reported, in order; unlike Progress it does so at once.</summary>
    protected sealed class Reports : IProgress<ArtifactProgress>
    {
        private readonly List<ArtifactProgress> _all = [];

        public ArtifactProgress Last => All[^1];

        public IReadOnlyList<ArtifactProgress> All
        {
            get
            {
                lock (_all)
                    return [.. _all];
            }
        }

        public void Report(ArtifactProgress value)
        {
            lock (_all)
                _all.Add(value);
        }
    }
}
