namespace Interop.Artifacts;

/// <summary>The suite of a server that keeps artifacts in S3, where large files can go around the server.</summary>
public abstract class ProxiedS3Suite(ArtifactServers servers) : ProxiedSuite(servers)
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
        Assert.Contains(Network.Requests, request => request.Method == HttpMethod.Get && request.Uri.Query.Contains("X-Amz-Signature", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Python_sends_and_gets_a_large_file_around_the_server()
    {
        var content = Bytes((12 << 20) + 7);
        var file = await LocalFileAsync("theirs.bin", content);
        var read = Path.Combine(Local, "read");
        Directory.CreateDirectory(read);

        var found = await PythonEnvironment.Require().RunAsync("around_server", PythonEnvironment.NewestMlflow, await AddressAsync(), Root, file, read);

        Assert.Equal("""{"api":["GET","POST","POST"],"storage":["GET","GET","GET","PUT","PUT","PUT"]}""", found.ToJsonString());
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(read, "theirs.bin"), Cancelled));
        Assert.Equal(content, await ReadAsync("large/theirs.bin"));
    }
}
