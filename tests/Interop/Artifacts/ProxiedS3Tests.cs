using Interop.Services;

namespace Interop.Artifacts;

/// <summary>A real MLflow server that keeps artifacts in S3, where large files can go around the server.</summary>
[Collection(SharedCeph.Name)]
public sealed class ProxiedS3Tests(CephGateway ceph, ArtifactServers servers) : ProxiedSuite(servers)
{
    [Fact]
    public async Task A_large_file_goes_around_the_server_in_parts()
    {
        var content = Bytes((17 << 20) + 5);
        var progress = new Reports();
        await Repository.UploadFileAsync(await LocalFileAsync("large.bin", content), "folder/large ä.bin", new() { AroundTheServer = true, Progress = progress }, Cancelled);
        Assert.Equal(2, Network.Requests.Count(request => request.Method == HttpMethod.Put && request.Uri.Query.Contains("partNumber", StringComparison.Ordinal)));
        Assert.DoesNotContain(Network.Requests, request => request.Method == HttpMethod.Put && request.Uri.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal));
        Assert.Equal(new("folder/large ä.bin", content.Length, content.Length), progress.Last);
        Assert.Equal(content, await ReadAsync("folder/large ä.bin"));
    }

    private protected override Task<string> AddressAsync() => Servers.InS3Async(ceph);
}
