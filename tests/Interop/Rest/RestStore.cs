using MLflowSharp;
using MLflowSharp.Tests.Stores.Suite;

namespace Interop.Rest;

/// <summary>A store behind a real MLflow server.</summary>
/// <param name="mlflow">The server's version.</param>
public abstract class RestStore(string mlflow) : StoreUnderTest
{
    private readonly Lazy<(string Uri, int ProcessId)> _server = new(() => StoreServers.Of(mlflow).Start());

    // What the store does is the question here; what the journal does before it has tests of its own. A 500 of the server is not waited for.
    public override MlflowClientOptions Options => base.Options with { Journal = new() { Enabled = false }, Http = new() { MaxRetries = 1 } };

    public override MlflowClient NewClient(MlflowClientOptions? options = null) => new(_server.Value.Uri, options ?? Options);

    protected override void Remove()
    {
        if (_server.IsValueCreated)
            StoreServers.Of(mlflow).Stop(_server.Value.ProcessId);
    }
}

/// <summary>A store behind a server of MLflow 3.17.2.</summary>
public sealed class NewestRestStore() : RestStore(PythonEnvironment.NewestMlflow);
