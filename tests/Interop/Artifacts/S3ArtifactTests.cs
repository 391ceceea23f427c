using System.Text;
using Amazon.S3.Model;
using Interop.Services;
using MLflowSharp;
using MLflowSharp.Artifacts;
using MLflowSharp.Artifacts.S3;
using MLflowSharp.Artifacts.Transfer;
using MLflowSharp.Tests.Artifacts.Suite;

namespace Interop.Artifacts;

/// <summary>The suite of all places for artifacts on a real Ceph gateway, and what only S3 has.</summary>
[Collection(SharedCeph.Name)]
public sealed class S3ArtifactTests(CephGateway ceph) : ArtifactRepositorySuite
{
    private const int Mebibyte = 1 << 20;
    private readonly NetworkHandler _network = new(new SocketsHttpHandler());
    private S3Clients _clients = null!;
    private string _bucket = "";
    private string _folder = "";

    public override async ValueTask InitializeAsync()
    {
        (_bucket, _folder) = (await ceph.BucketAsync(), $"test {Guid.NewGuid():N}/where");
        _clients = new(ceph.Options, () => _network);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        _clients?.Dispose();
        _network.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_large_file_goes_in_parts_and_comes_back()
    {
        var content = Bytes((20 * Mebibyte) + 3);
        var progress = new Reports();
        await Repository.UploadFileAsync(await LocalFileAsync("large.bin", content), "large ä.bin", new() { Progress = progress }, Cancelled);

        var head = await _clients.Client.GetObjectMetadataAsync(_bucket, $"{_folder}/large ä.bin", Cancelled);
        Assert.EndsWith("-3\"", head.ETag, StringComparison.Ordinal);
        Assert.Equal("application/octet-stream", head.Headers.ContentType);
        Assert.Equal(content, await ReadAsync("large ä.bin"));
        Assert.Equal(new("large ä.bin", content.Length, content.Length), progress.Last);
        Assert.Equal(3, _network.Requests.Count(request => request.Method == HttpMethod.Put));
        Assert.Equal(content, await PythonReadsAsync($"{_folder}/large ä.bin"));
    }

    [Fact]
    public async Task Python_reads_what_we_wrote_and_the_other_way_round()
    {
        await WriteAsync("from us/ä+%.txt", "ours");
        Assert.Equal("ours"u8.ToArray(), await PythonReadsAsync($"{_folder}/from us/ä+%.txt"));

        var content = Bytes(9 * Mebibyte);
        var file = await LocalFileAsync("theirs.bin", content);
        await PythonEnvironment.Require().RunS3Async(ceph, "write", _bucket, $"{_folder}/from them/x y.bin", file);
        Assert.Equal([new ArtifactInfo("from them/x y.bin", IsDirectory: false, content.Length)], await Repository.ListArtifactsAsync("from them", Cancelled));
        Assert.Equal(content, await ReadAsync("from them/x y.bin"));
        Assert.True(await Repository.IsSameAsync(new("from them/x y.bin", IsDirectory: false, content.Length), file, Cancelled));
        content[^1]++;
        Assert.False(await Repository.IsSameAsync(new("from them/x y.bin", IsDirectory: false, content.Length), await LocalFileAsync("other.bin", content), Cancelled));
    }

    [Fact]
    public async Task An_interrupted_upload_sends_only_the_parts_that_are_missing()
    {
        var content = Bytes(26 * Mebibyte);
        var file = await LocalFileAsync("large.bin", content);
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled))
        {
            var first = new Callback(_ => stop.Cancel());
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Repository.UploadFileAsync(
                file, "large.bin", new() { Resume = true, Progress = first, Parallelism = 1, PartSize = 5 * Mebibyte }, stop.Token));
        }

        Assert.False(await Repository.ExistsAsync("large.bin", Cancelled));
        var sent = Puts();
        Assert.InRange(sent, 1, 5);

        await Repository.UploadFileAsync(file, "large.bin", new() { Resume = true, PartSize = 5 * Mebibyte }, Cancelled);
        Assert.Equal(6, Puts());
        Assert.Equal(content, await ReadAsync("large.bin"));

        int Puts() => _network.Requests.Count(request => request.Method == HttpMethod.Put);
    }

    [Fact]
    public async Task An_upload_that_fails_leaves_no_parts()
    {
        var file = await LocalFileAsync("large.bin", Bytes(17 * Mebibyte));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Repository.UploadFileAsync(file, "large.bin", new() { Progress = new Callback(_ => stop.Cancel()), Parallelism = 1 }, stop.Token));

        var unfinished = await _clients.Client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = _bucket, Prefix = _folder }, Cancelled);
        Assert.Empty(unfinished.MultipartUploads ?? []);
        Assert.Empty(await Repository.ListArtifactsAsync(null, Cancelled));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_taken_up_where_it_stopped()
    {
        var content = Bytes(6 * Mebibyte);
        await Repository.UploadFileAsync(await LocalFileAsync("source.bin", content), "a.bin", null, Cancelled);
        (_network.CutAfter, _network.Cuts) = (2 * Mebibyte, 2);

        var copy = Path.Combine(Local, "copy.bin");
        await Repository.DownloadFileAsync("a.bin", copy, null, Cancelled);
        Assert.Equal(content, await File.ReadAllBytesAsync(copy, Cancelled));
        Assert.Equal([null, $"bytes={2 * Mebibyte}-", $"bytes={4 * Mebibyte}-"], Gets());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_interrupted_download_goes_on_when_the_original_is_unchanged(bool changed)
    {
        var content = Bytes(6 * Mebibyte);
        await Repository.UploadFileAsync(await LocalFileAsync("source.bin", content), "a.bin", null, Cancelled);
        var copy = Path.Combine(Local, "copies", "copy.bin");
        (_network.CutAfter, _network.Cuts) = (3 * Mebibyte, 1);
        var error = await Assert.ThrowsAsync<MlflowException>(() => Repository.DownloadFileAsync("a.bin", copy, new() { Retries = 0 }, Cancelled));
        Assert.Equal(ErrorCode.TemporarilyUnavailable, error.ErrorCode);
        Assert.False(File.Exists(copy));

        if (changed)
        {
            content = [.. content.Reverse()];
            await Repository.UploadFileAsync(await LocalFileAsync("source.bin", content), "a.bin", null, Cancelled);
        }

        await Repository.DownloadFileAsync("a.bin", copy, null, Cancelled);
        Assert.Equal(content, await File.ReadAllBytesAsync(copy, Cancelled));
        Assert.Equal(["copy.bin"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(copy)!).Select(Path.GetFileName));
        Assert.Equal(changed ? [null, $"bytes={3 * Mebibyte}-", null] : [null, $"bytes={3 * Mebibyte}-"], Gets());
    }

    [Fact]
    public async Task Damage_on_the_way_is_noticed_and_nothing_kept()
    {
        await WriteAsync("a.txt", new string('x', 100_000));
        _network.DamagedByte = 70_000;
        var copy = Path.Combine(Local, "copies", "copy.txt");
        var error = await Assert.ThrowsAsync<MlflowException>(() => Repository.DownloadFileAsync("a.txt", copy, null, Cancelled));
        Assert.Equal(ErrorCode.DataLoss, error.ErrorCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(copy)!));
    }

    [Fact]
    public async Task More_than_a_page_of_files_is_listed_and_deleted()
    {
        var names = Enumerable.Range(0, 1105).Select(number => $"f{number:0000}").ToList();
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancelled }, async (name, _) => await WriteAsync($"many/{name}", ""));
        Assert.Equal(names, (await Repository.ListArtifactsAsync("many", Cancelled)).Select(entry => entry.Path["many/".Length..]));
        await Repository.DeleteArtifactsAsync("many", Cancelled);
        Assert.Empty(await Repository.ListArtifactsAsync("many", Cancelled));
    }

    [Fact]
    public async Task What_the_service_refuses_is_said_without_the_secret()
    {
        using var wrongSecret = new S3Clients(ceph.Options with { SecretAccessKey = "not-the-secret-000" });
        await FailsAsync(new S3ArtifactRepository($"s3://{_bucket}/x", wrongSecret), ErrorCode.Unauthenticated);
        using var wrongKey = new S3Clients(ceph.Options with { AccessKeyId = "NOBODY" });
        await FailsAsync(new S3ArtifactRepository($"s3://{_bucket}/x", wrongKey), ErrorCode.Unauthenticated);
        await FailsAsync(new S3ArtifactRepository("s3://no-such-bucket/x", _clients), ErrorCode.ResourceDoesNotExist);
        using var anonymous = new S3Clients(ceph.Options with { Anonymous = true });
        await FailsAsync(new S3ArtifactRepository($"s3://{_bucket}/x", anonymous), ErrorCode.PermissionDenied);
        using var extra = new S3Clients(ceph.Options with { UploadExtraArguments = """{"NoSuchThing": "1"}""" });
        await FailsAsync(new S3ArtifactRepository($"s3://{_bucket}/x", extra), ErrorCode.InvalidParameterValue);

        static async Task FailsAsync(S3ArtifactRepository repository, ErrorCode code)
        {
            var error = await Assert.ThrowsAsync<MlflowException>(() => repository.WriteAsync("a.txt", (_, _) => Task.CompletedTask, Cancelled));
            Assert.Equal(code, error.ErrorCode);
            Assert.DoesNotContain("not-the-secret", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Extra_arguments_of_uploads_are_honoured()
    {
        using var clients = new S3Clients(ceph.Options with { UploadExtraArguments = """{"ContentType": "text/x-own", "Metadata": {"who": "me"}, "CacheControl": "no-store"}""" });
        var repository = new S3ArtifactRepository($"s3://{_bucket}/{_folder}/extra", clients);
        await repository.WriteAsync("a.txt", (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes("x"), token).AsTask(), Cancelled);
        await repository.UploadFileAsync(await LocalFileAsync("large.bin", Bytes(16 * Mebibyte)), "large.bin", null, Cancelled);
        foreach (var name in (string[])["a.txt", "large.bin"])
        {
            var head = await _clients.Client.GetObjectMetadataAsync(_bucket, $"{_folder}/extra/{name}", Cancelled);
            Assert.Equal(("text/x-own", "me", "no-store"), (head.Headers.ContentType, head.Metadata["who"], head.Headers.CacheControl));
        }
    }

    [Fact]
    public async Task A_key_that_walks_out_of_the_folder_is_not_downloaded()
    {
        await WriteAsync("good.txt", "good");
        await _clients.Client.PutObjectAsync(new() { BucketName = _bucket, Key = $"{_folder}/../evil.txt", ContentBody = "evil", UseChunkEncoding = false }, Cancelled);
        var copies = Path.Combine(Local, "a", "copies");
        var error = await Assert.ThrowsAsync<MlflowException>(() => ArtifactTransfer.DownloadAsync(Repository, "", copies, null, Cancelled));
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.Empty(Directory.EnumerateFiles(Local, "*", SearchOption.AllDirectories));
    }

    protected override Task<IArtifactRepository> NewRepositoryAsync() =>
        Task.FromResult<IArtifactRepository>(new S3ArtifactRepository($"s3://{_bucket}/{_folder}", _clients));

    private IEnumerable<string?> Gets() => _network.Requests.Where(request => request.Uri.AbsolutePath.EndsWith("/a.bin", StringComparison.Ordinal) && request.Method == HttpMethod.Get).Select(request => request.Range);

    private async Task<byte[]> PythonReadsAsync(string key)
    {
        var file = Path.Combine(Local, $"{Guid.NewGuid():N}");
        await PythonEnvironment.Require().RunS3Async(ceph, "read", _bucket, key, file);
        return await File.ReadAllBytesAsync(file, Cancelled);
    }

    private sealed class Callback(Action<ArtifactProgress> report) : IProgress<ArtifactProgress>
    {
        public void Report(ArtifactProgress value) => report(value);
    }
}
