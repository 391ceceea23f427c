using MLflowSharp.Stores;
using MLflowSharp.Tests.Stores.Suite;

namespace MLflowSharp.Server.Tests.Stores;

/// <summary>Our client's REST store, our server, and behind it SQLite in memory: both ends of the wire without a socket.</summary>
public sealed class ServedStore : StoreUnderTest
{
    private readonly List<IDisposable> _open = [];

    public override MlflowClient NewClient(MlflowClientOptions? options = null)
    {
        options ??= Options;
        var stores = StoreFactory.Open("sqlite:///:memory:", options);
        var api = new RestApi(stores, new() { ArtifactsDestination = Folder.FullName });
        var handler = new RestApiHandler(api);
        _open.AddRange([handler, api, stores]);
        return new("http://mlflow.test", options with { Http = new() { Handler = handler }, Journal = options.Journal with { Folder = Path.Combine(Folder.FullName, "journals") } });
    }

    protected override void Remove() => _open.ForEach(open => open.Dispose());
}
