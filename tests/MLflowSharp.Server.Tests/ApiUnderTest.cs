using System.Text;
using MLflowSharp.Stores;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests;

/// <summary>The interface over empty stores in memory; nothing is written outside a temporary folder.</summary>
internal sealed class ApiUnderTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ApiUnderTest()
    {
        Stores = StoreFactory.Open("sqlite:///:memory:", new() { DefaultArtifactRoot = "mlflow-artifacts:/", DatabaseVersion = "3.17", TimeProvider = new SteppingClock(), Warn = _ => { } });
        Api = new(Stores, new() { OnError = Errors.Add, ArtifactsDestination = _folder.FullName });
    }

    public RestApi Api { get; }

    public MlflowStores Stores { get; }

    /// <summary>What went wrong inside.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>The folder of the artifacts that the server passes on.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Each look is a millisecond later, so that nothing is created at the same time as something else.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private long _milliseconds = 1_795_471_549_000;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Increment(ref _milliseconds));
    }

    /// <summary>Sends a request.</summary>
    public async Task<Answer> SendAsync(string method, string target, string? json = null, params (string Name, string Value)[] headers)
    {
        var sent = new RestRequest
        {
            Method = method,
            Target = target,
            Headers = (json is null ? headers : [("Content-Type", "application/json"), .. headers]).ToDictionary(header => header.Name, header => header.Value),
            Body = new MemoryStream(Encoding.UTF8.GetBytes(json ?? "")),
        };
        return await Answer.OfAsync(await Api.HandleAsync(sent, TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        Api.Dispose();
        Stores.Dispose();
        _folder.Dispose();
    }
}
