using System.Globalization;

namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>The registered models that <c>Fixtures/Search/registry-3.17.2.json</c> asks about, in a store of one kind.</summary>
/// <typeparam name="TStore">The kind of store.</typeparam>
public sealed class RecordedRegistry<TStore> : IDisposable
    where TStore : StoreUnderTest, new()
{
    // Made when a test asks, not by xunit: only a test can say that the store cannot be had here.
    private readonly Lazy<(TStore Store, MlflowClient Client)> _filled = new(Fill);

    public MlflowClient Client => _filled.Value.Client;

    /// <summary>The name that a model has in the recording.</summary>
    public string RecordedName(string name) => _filled.Value.Store.AllowsPercentInModelNames ? name : name.Replace('$', '%');

    public void Dispose()
    {
        if (_filled.IsValueCreated)
        {
            Client.Dispose();
            _filled.Value.Store.Dispose();
        }
    }

    private static (TStore Store, MlflowClient Client) Fill()
    {
        var store = new TStore();
        var client = store.NewClient(store.Options with { TimeProvider = new SteppingClock() });
        Add(client, "mnist", "task", "digits");
        Add(client, "Mnist-2", "task", "DIGITS");
        Add(client, "fashion_1", "other", "x");
        Add(client, store.AllowsPercentInModelNames ? "fashion%2" : "fashion$2", "prod", "yes");
        // Not in the recording's answers: prompts are hidden.
        client.CreateRegisteredModel("prompt", new Dictionary<string, string> { ["mlflow.prompt.is_prompt"] = "true", ["task"] = "digits" });
        return (store, client);
    }

    private static void Add(MlflowClient client, string name, string tag, string value)
    {
        client.CreateRegisteredModel(name, new Dictionary<string, string> { [tag] = value });
        for (var i = 0; i < 3; i++)
        {
            client.CreateModelVersion(
                name, string.Create(CultureInfo.InvariantCulture, $"s3://models/{name}/{i}"), i == 0 ? "RID" : null,
                i == 0 ? null : new Dictionary<string, string> { ["val"] = "ok" });
        }

        // Not in the recording's answers, either.
        client.DeleteModelVersion(name, client.CreateModelVersion(name, "s3://models/deleted").Version);
    }
}
