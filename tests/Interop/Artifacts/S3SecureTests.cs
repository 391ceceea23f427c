using Interop.Services;
using MLflowSharp.Artifacts;
using MLflowSharp.Artifacts.S3;
using MLflowSharp.Tests.Artifacts.Suite;

namespace Interop.Artifacts;

/// <summary>The suite of all places for artifacts over encrypted connections to a real Ceph gateway, with the bucket in the host name.</summary>
[Collection(SharedCeph.Name)]
public sealed class S3SecureTests(CephGateway ceph) : ArtifactRepositorySuite
{
    private NetworkHandler _network = null!;
    private S3Clients _clients = null!;
    private string _bucket = "";
    private string _folder = "";

    public override async ValueTask InitializeAsync()
    {
        (_bucket, _folder) = (await ceph.BucketAsync(), $"test {Guid.NewGuid():N}/secure");
        var options = ceph.SecureOptions with { AddressingStyle = S3AddressingStyle.Virtual };
        _network = new(S3Handler.Create(options));
        _clients = new(options, () => _network);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        _clients?.Dispose();
        _network?.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task The_bucket_is_in_the_host_name_of_every_request()
    {
        await WriteAsync("a.txt", "x");
        await ReadAsync("a.txt");
        await Repository.ListArtifactsAsync(null, Cancelled);
        await Repository.DeleteArtifactsAsync(null, Cancelled);
        Assert.All(_network.Requests, request =>
        {
            Assert.Equal(("https", $"{_bucket}.s3.localhost"), (request.Uri.Scheme, request.Uri.Host));
            Assert.False(request.Uri.AbsolutePath.StartsWith($"/{_bucket}", StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("virtual")]
    [InlineData("path")]
    public async Task Python_reads_what_we_wrote_and_the_other_way_round(string style)
    {
        var content = Bytes((17 << 20) + 3);
        await Repository.UploadFileAsync(await LocalFileAsync("large.bin", content), "from us/ä +.bin", null, Cancelled);
        var read = Path.Combine(Local, "read.bin");
        await PythonAsync("read", $"{_folder}/from us/ä +.bin", read);
        Assert.Equal(content, await File.ReadAllBytesAsync(read, Cancelled));

        await PythonAsync("write", $"{_folder}/from them/x.bin", read);
        Assert.Equal(content, await ReadAsync("from them/x.bin"));

        Task PythonAsync(string action, string key, string file) => PythonEnvironment.Require().RunS3ScriptAsync(
            "s3_object", ceph, new Dictionary<string, string?> { ["MLFLOW_S3_ENDPOINT_URL"] = ceph.SecureEndpoint, ["AWS_CA_BUNDLE"] = ceph.Authority }, action, _bucket, key, file, style);
    }

    protected override Task<IArtifactRepository> NewRepositoryAsync() =>
        Task.FromResult<IArtifactRepository>(new S3ArtifactRepository($"s3://{_bucket}/{_folder}", _clients));
}
