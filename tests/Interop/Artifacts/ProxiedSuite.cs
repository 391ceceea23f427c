using MLflowSharp;
using MLflowSharp.Artifacts;
using MLflowSharp.Tests.Artifacts.Suite;

namespace Interop.Artifacts;

/// <summary>The suite of all places for artifacts on a real MLflow server.</summary>
public abstract class ProxiedSuite(ArtifactServers servers) : ArtifactRepositorySuite
{
    private ArtifactRepositories? _repositories;

    private protected NetworkHandler Network { get; } = new(new SocketsHttpHandler());

    // MLflow's server takes no # in a name, and decodes a name once more than it should; ours takes names as they are.
    protected override string RefusedInNames => ChangesNames ? "#" : "";

    private protected virtual bool ChangesNames => true;

    private protected ArtifactServers Servers => servers;

    private protected abstract Task<string> AddressAsync();

    public override async ValueTask DisposeAsync()
    {
        _repositories?.Dispose();
        Network.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Python_reads_what_we_wrote_and_the_other_way_round()
    {
        var content = Bytes(2_000_003);
        await Repository.UploadFileAsync(await LocalFileAsync("ours.bin", content), "from us/ä +.bin", null, Cancelled);
        var theirs = await LocalFileAsync("theirs x.bin", Bytes(1_500_007));
        var read = Path.Combine(Local, "read");
        Directory.CreateDirectory(read);
        await PythonEnvironment.Require().RunAsync("proxied_artifacts", PythonEnvironment.NewestMlflow, await AddressAsync(), Root, "from us/ä +.bin", read, theirs, "from them");

        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(read, "from us", "ä +.bin"), Cancelled));
        Assert.Equal([new ArtifactInfo("from them/theirs x.bin", IsDirectory: false, 1_500_007)], await Repository.ListArtifactsAsync("from them", Cancelled));
        Assert.Equal(Bytes(1_500_007), await ReadAsync("from them/theirs x.bin"));
    }

    [Theory]
    [InlineData("a%41.txt")]
    [InlineData("a%20b/c.txt")]
    public async Task A_name_that_the_server_would_change_is_refused(string name)
    {
        if (!ChangesNames)
        {
            await WriteAsync(name, "x");
            Assert.Equal("x"u8.ToArray(), await ReadAsync(name));
            return;
        }

        Assert.Equal(ErrorCode.InvalidParameterValue, (await Assert.ThrowsAsync<MlflowException>(() => WriteAsync(name, "x"))).ErrorCode);
        Assert.Empty(await Repository.ListArtifactsAsync(null, Cancelled));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_taken_up_or_begun_again()
    {
        var content = Bytes(3 << 20);
        await Repository.UploadFileAsync(await LocalFileAsync("source.bin", content), "a.bin", null, Cancelled);
        (Network.CutAfter, Network.Cuts) = (2 << 20, 1);
        var copy = Path.Combine(Local, "copy.bin");
        await Repository.DownloadFileAsync("a.bin", copy, null, Cancelled);
        Assert.Equal(content, await File.ReadAllBytesAsync(copy, Cancelled));
        Assert.Contains(Network.Requests, request => request.Range == $"bytes={2 << 20}-");
    }

    private protected string Root { get; } = $"mlflow-artifacts:/1/{Guid.NewGuid():N}/artifacts";

    protected override async Task<IArtifactRepository> NewRepositoryAsync()
    {
        _repositories = new(await AddressAsync(), new MlflowClientOptions { Http = new() { Handler = Network, MaxRetries = 5, BackoffFactor = 0.1 } });
        return _repositories.Get(Root);
    }
}
