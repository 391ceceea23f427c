using System.Globalization;

namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>The registered models that <c>Fixtures/Search/registry-3.17.2.json</c> asks about, in a store of one kind.</summary>
/// <typeparam name="TStore">The kind of store.</typeparam>
public sealed class RecordedRegistry<TStore> : IDisposable
    where TStore : StoreUnderTest, new()
{
    private readonly TStore _store = new();

    public RecordedRegistry()
    {
        Client = _store.NewClient(_store.Options with { TimeProvider = new SteppingClock() });
        Add("mnist", "task", "digits");
        Add("Mnist-2", "task", "DIGITS");
        Add("fashion_1", "other", "x");
        Add(_store.AllowsPercentInModelNames ? "fashion%2" : "fashion$2", "prod", "yes");
        // Not in the recording's answers: prompts are hidden.
        Client.CreateRegisteredModel("prompt", new Dictionary<string, string> { ["mlflow.prompt.is_prompt"] = "true", ["task"] = "digits" });
    }

    public MlflowClient Client { get; }

    /// <summary>The name that a model has in the recording.</summary>
    public string RecordedName(string name) => _store.AllowsPercentInModelNames ? name : name.Replace('$', '%');

    public void Dispose()
    {
        Client.Dispose();
        _store.Dispose();
    }

    private void Add(string name, string tag, string value)
    {
        Client.CreateRegisteredModel(name, new Dictionary<string, string> { [tag] = value });
        for (var i = 0; i < 3; i++)
        {
            Client.CreateModelVersion(
                name, string.Create(CultureInfo.InvariantCulture, $"s3://models/{name}/{i}"), i == 0 ? "RID" : null,
                i == 0 ? null : new Dictionary<string, string> { ["val"] = "ok" });
        }

        // Not in the recording's answers, either.
        Client.DeleteModelVersion(name, Client.CreateModelVersion(name, "s3://models/deleted").Version);
    }
}
