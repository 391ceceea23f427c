using MLflowSharp.Copying;
using MLflowSharp.Maintenance;
using MLflowSharp.Tests;
using MLflowSharp.Tests.Copying;

namespace MLflowSharp.Server.Tests.Copying;

/// <summary>Copies with a tracking server at one end or both.</summary>
public sealed class ServerCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private MlflowClientOptions Options => new()
    {
        DefaultArtifactRoot = Path.Combine(_folder.FullName, "artifacts"),
        DatabaseVersion = "3.17",
        Journal = new() { Folder = Path.Combine(_folder.FullName, "journals") },
        Http = new() { MaxRetries = 0, Token = "s3cret" },
    };

    [Theory]
    [InlineData("server", "files")]
    [InlineData("files", "server")]
    [InlineData("server", "server")]
    public async Task An_experiment_is_copied_with_all_that_belongs_to_it(string from, string to)
    {
        await using var first = await StartAsync("first");
        await using var second = await StartAsync("second");
        var source = from == "files" ? Path.Combine(_folder.FullName, "source") : first.TrackingUri;
        var target = to == "files" ? Path.Combine(_folder.FullName, "target") : second.TrackingUri;
        using (var client = new MlflowClient(source, Options))
            CopySample.Write(client, hasModels: true);

        await CopySample.CopyAndCheckAsync(source, target, Options, hasModels: true);
    }

    [Fact]
    public async Task A_server_is_no_place_to_remove_things_for_good()
    {
        await using var server = await StartAsync("first");
        using var end = new CopyEnd(server.TrackingUri, Options);

        var refused = await Assert.ThrowsAsync<MlflowException>(() => new GarbageCollection(end, TimeProvider.System, new(default, false, _ => { })).CollectAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.NotImplemented, refused.ErrorCode);
    }

    private Task<TrackingServer> StartAsync(string name) => TrackingServer.StartAsync(
        new()
        {
            BackendStoreUri = $"sqlite:///{Path.Combine(_folder.FullName, $"{name}.db")}",
            ArtifactsDestination = Path.Combine(_folder.FullName, $"{name} artifacts"),
            StoreOptions = new() { DatabaseVersion = "3.17" },
            Token = "s3cret",
            Port = 0,
        },
        TestContext.Current.CancellationToken);
}
