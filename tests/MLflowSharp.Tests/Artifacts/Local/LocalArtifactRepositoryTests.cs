using System.Text;
using MLflowSharp.Artifacts.Local;

namespace MLflowSharp.Tests.Artifacts.Local;

public sealed class LocalArtifactRepositoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalArtifactRepository _repository;

    public LocalArtifactRepositoryTests() => _repository = new(Path.Combine(_folder.FullName, "artifacts"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folders_are_listed_sorted_one_level_at_a_time()
    {
        await WriteAsync("b.txt", "12345");
        await WriteAsync("a/c/d.txt", "1");
        await WriteAsync("a/b.txt", "");

        Assert.Equal([new("a", IsDirectory: true, null), new ArtifactInfo("b.txt", IsDirectory: false, 5)], await _repository.ListArtifactsAsync(null, Cancelled));
        Assert.Equal(["a/b.txt", "a/c"], (await _repository.ListArtifactsAsync("a", Cancelled)).Select(entry => entry.Path));
        Assert.Empty(await _repository.ListArtifactsAsync("none", Cancelled));
    }

    [Fact]
    public async Task Artifacts_are_used_in_place_or_copied()
    {
        await WriteAsync("a/b.txt", "text");
        var copies = Path.Combine(_folder.FullName, "copies");

        Assert.Equal("text", await File.ReadAllTextAsync(await _repository.DownloadArtifactsAsync("a/b.txt", null, Cancelled), Cancelled));
        Assert.Equal(Path.Combine(copies, "a", "b.txt"), await _repository.DownloadArtifactsAsync("a/b.txt", copies, Cancelled));
        Assert.Equal(Path.Combine(copies, "all"), Path.TrimEndingDirectorySeparator(await _repository.DownloadArtifactsAsync("", Path.Combine(copies, "all"), Cancelled)));
        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(copies, "all", "a", "b.txt"), Cancelled));
    }

    [Fact]
    public async Task What_is_not_there_is_said_to_be_missing()
    {
        var error = await Assert.ThrowsAsync<MlflowException>(() => _repository.DownloadArtifactsAsync("none.txt", null, Cancelled));
        Assert.Equal(ErrorCode.ResourceDoesNotExist, error.ErrorCode);
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("a/../../outside.txt")]
    public async Task Nothing_outside_is_written_listed_or_read(string path)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "outside.txt"), "secret", Cancelled);
        await Assert.ThrowsAsync<MlflowException>(() => WriteAsync(path, "x"));
        await Assert.ThrowsAsync<MlflowException>(() => _repository.ListArtifactsAsync(path, Cancelled));
        await Assert.ThrowsAsync<MlflowException>(() => _repository.DownloadArtifactsAsync(path, null, Cancelled));
        Assert.Equal("secret", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "outside.txt"), Cancelled));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_what_was_there()
    {
        await WriteAsync("a.txt", "old");
        await Assert.ThrowsAsync<MlflowException>(() => _repository.WriteAsync("a.txt", async (stream, token) =>
        {
            await stream.WriteAsync("new"u8.ToArray(), token);
            throw new IOException("The disk is full.");
        }, Cancelled));

        Assert.Equal("old", await File.ReadAllTextAsync(await _repository.DownloadArtifactsAsync("a.txt", null, Cancelled), Cancelled));
        Assert.Equal(["a.txt"], (await _repository.ListArtifactsAsync(null, Cancelled)).Select(entry => entry.Path));
    }

    private Task WriteAsync(string path, string text) =>
        _repository.WriteAsync(path, (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), token).AsTask(), Cancelled);
}
