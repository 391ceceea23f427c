using MLflowSharp.Artifacts;
using MLflowSharp.Artifacts.Local;
using MLflowSharp.Artifacts.Transfer;
using MLflowSharp.Tests.Artifacts.Suite;

namespace MLflowSharp.Tests.Artifacts.Local;

public sealed class LocalArtifactRepositoryTests : ArtifactRepositorySuite
{
    protected override bool KeepsEmptyFolders => true;

    private string Root => Path.Combine(Local, "store", "artifacts");

    protected override Task<IArtifactRepository> NewRepositoryAsync() => Task.FromResult<IArtifactRepository>(new LocalArtifactRepository(Root));

    [Fact]
    public async Task Artifacts_are_used_in_place_when_no_destination_is_named()
    {
        await WriteAsync("a/b.txt", "text");
        Assert.Equal(Path.Combine(Root, "a", "b.txt"), await ArtifactTransfer.DownloadAsync(Repository, "a/b.txt", null, null, Cancelled));
    }

    [Fact]
    public async Task A_full_disk_leaves_what_was_there_and_is_said_to_be_full()
    {
        const int NoSpaceLeft = 28;
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The system's error number is Linux's.");
        await WriteAsync("a.txt", "old");
        var error = await Assert.ThrowsAsync<MlflowException>(() => Repository.WriteAsync("a.txt", async (stream, token) =>
        {
            await stream.WriteAsync("new"u8.ToArray(), token);
            throw new IOException("No space left on device", NoSpaceLeft);
        }, Cancelled));

        Assert.Equal(ErrorCode.ResourceExhausted, error.ErrorCode);
        Assert.Equal("old"u8.ToArray(), await ReadAsync("a.txt"));
        Assert.Equal(["a.txt"], Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Unfinished_files_of_others_are_not_listed()
    {
        await WriteAsync("a.txt", "text");
        await File.WriteAllTextAsync(Path.Combine(Root, ".artifact.uploading.k3jd8s"), "half", Cancelled);
        Assert.Equal(["a.txt"], (await Repository.ListArtifactsAsync(null, Cancelled)).Select(entry => entry.Path));
    }

    [Fact]
    public async Task Links_that_lead_out_or_in_a_circle_are_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only some users make links.");
        await WriteAsync("in/side.txt", "inside");
        var secret = await LocalFileAsync("outside/secret.txt", "secret"u8.ToArray());
        Directory.CreateSymbolicLink(Path.Combine(Root, "out"), Path.GetDirectoryName(secret)!);
        File.CreateSymbolicLink(Path.Combine(Root, "out.txt"), secret);
        Directory.CreateSymbolicLink(Path.Combine(Root, "same"), "in");
        Directory.CreateSymbolicLink(Path.Combine(Root, "in", "loop"), "..");

        Assert.Equal("inside"u8.ToArray(), await ReadAsync("same/side.txt"));
        foreach (var path in (string[])["out/secret.txt", "out.txt", "in/loop/in/side.txt"])
            await Assert.ThrowsAsync<MlflowException>(() => ReadAsync(path));
        await Assert.ThrowsAsync<MlflowException>(() => WriteAsync("out/new.txt", "x"));
        await Assert.ThrowsAsync<MlflowException>(() => Repository.ListArtifactsAsync("out", Cancelled));
        await Assert.ThrowsAsync<MlflowException>(() => ArtifactTransfer.DownloadAsync(Repository, "", Path.Combine(Local, "copies"), null, Cancelled));

        await Repository.DeleteArtifactsAsync("out", Cancelled);
        Assert.Equal("secret", await File.ReadAllTextAsync(secret, Cancelled));
        Assert.Equal(["secret.txt"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(secret)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_root_that_is_itself_a_link_is_used()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only some users make links.");
        await WriteAsync("a.txt", "text");
        Directory.CreateSymbolicLink(Path.Combine(Local, "link"), Root);
        var linked = new LocalArtifactRepository(Path.Combine(Local, "link"));
        Assert.Equal(["a.txt"], (await linked.ListArtifactsAsync(null, Cancelled)).Select(entry => entry.Path));
        Assert.True(await linked.ExistsAsync("a.txt", Cancelled));
    }

    [Fact]
    public async Task A_file_logged_onto_itself_stays()
    {
        await WriteAsync("a.txt", "text");
        await Repository.UploadFileAsync(Path.Combine(Root, "a.txt"), "a.txt", null, Cancelled);
        await Repository.DownloadFileAsync("a.txt", Path.Combine(Root, "a.txt"), null, Cancelled);
        Assert.Equal("text"u8.ToArray(), await ReadAsync("a.txt"));
    }

    [Fact]
    public async Task Reading_goes_on_where_it_stopped_unless_the_file_changed()
    {
        await WriteAsync("a.txt", "0123456789");
        string? version;
        using (var whole = await Repository.OpenReadAsync("a.txt", null, Cancelled))
            version = whole.Version;

        using (var rest = await Repository.OpenReadAsync("a.txt", new(4, version, 10), Cancelled))
        {
            Assert.Equal(4, rest.Offset);
            Assert.Equal("456789", await new StreamReader(rest.Stream).ReadToEndAsync(Cancelled));
        }

        await WriteAsync("a.txt", "other content");
        using var again = await Repository.OpenReadAsync("a.txt", new(4, version, 10), Cancelled);
        Assert.Equal(0, again.Offset);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(251)]
    public async Task A_name_as_long_as_the_file_system_allows_is_written(int length)
    {
        var name = new string('n', length) + ".txt";
        await WriteAsync(name, "text");
        Assert.Equal("text"u8.ToArray(), await ReadAsync(name));
    }

    [Fact]
    public async Task A_folder_in_the_way_is_said_and_kept()
    {
        await WriteAsync("a/b.txt", "text");
        await Assert.ThrowsAsync<MlflowException>(() => WriteAsync("a", "x"));
        await Assert.ThrowsAsync<MlflowException>(() => WriteAsync("a/b.txt/c.txt", "x"));
        Assert.Equal(["a/b.txt"], (await Repository.ListArtifactsAsync("a", Cancelled)).Select(entry => entry.Path));
    }
}
