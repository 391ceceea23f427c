using System.Globalization;
using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>The logged models of <c>Fixtures/Search/logged-models-3.17.2.json</c> in a store of one kind.</summary>
/// <typeparam name="TStore">The kind of store.</typeparam>
public sealed class RecordedLoggedModels<TStore> : IDisposable
    where TStore : StoreUnderTest, new()
{
    // Made when a test asks, not by xunit: only a test can say that the store cannot be had here.
    private readonly Lazy<Contents> _filled;

    public RecordedLoggedModels() => _filled = new(Fill);

    public JsonNode Recorded { get; } = RecordedAnswers.Read("logged-models-3.17.2.json");

    public MlflowClient Client => _filled.Value.Client;

    public IReadOnlyList<string> Experiments => _filled.Value.Experiments;

    /// <summary>A filter of the recording with the identifiers that things have here.</summary>
    public string Filter(JsonNode query)
    {
        var filter = (string)query["filter"]!;
        foreach (var (i, id) in _filled.Value.Models.Index())
            filter = filter.Replace($"{{m{i}}}", id, StringComparison.Ordinal);
        foreach (var (i, id) in _filled.Value.Runs.Index())
            filter = filter.Replace($"{{r{i}}}", id, StringComparison.Ordinal);
        return filter;
    }

    /// <summary>The number a model has in the recording.</summary>
    public int NumberOf(LoggedModel model) => _filled.Value.Models.IndexOf(model.ModelId);

    public void Dispose()
    {
        if (_filled.IsValueCreated)
        {
            Client.Dispose();
            _filled.Value.Store.Dispose();
        }
    }

    private Contents Fill()
    {
        var store = new TStore();
        var client = store.NewClient(store.Options with { TimeProvider = new SteppingClock() });
        List<string> experiments = [client.CreateExperiment("alpha", "/scratch/alpha"), client.CreateExperiment("Beta", "/scratch/Beta")];
        List<string> runs = [.. Enumerable.Range(0, 3).Select(i => client.CreateRun(experiments[i % 2]).Info.RunId)];
        return new(store, client, experiments, runs, [.. Recorded["models"]!.AsArray().Select(model => Add(client, experiments, runs, model!))]);
    }

    private static string Add(MlflowClient client, List<string> experiments, List<string> runs, JsonNode model)
    {
        var run = (int?)model["run"];
        var id = client.CreateLoggedModel(
            experiments[(int)model["experiment"]!], (string)model["name"]!, run is null ? null : runs[run.Value], Texts(model["tags"]!), Texts(model["params"]!), (string?)model["type"]).ModelId;
        foreach (var metric in model["metrics"]!.AsArray())
        {
            client.LogBatch(runs[run ?? 0], [new(
                (string)metric!["key"]!, double.Parse(metric["value"]!.ToString(), CultureInfo.InvariantCulture), (long)metric["timestamp"]!, (long)metric["step"]!)
            {
                ModelId = id,
                DatasetName = (string?)metric["dataset"]?[0],
                DatasetDigest = (string?)metric["dataset"]?[1],
            }]);
        }

        if ((bool)model["ready"]!)
            client.FinalizeLoggedModel(id);
        if ((bool)model["deleted"]!)
            client.DeleteLoggedModel(id);
        return id;
    }

    private static Dictionary<string, string> Texts(JsonNode map) => map.AsObject().ToDictionary(item => item.Key, item => (string)item.Value!);

    /// <summary>A filled store.</summary>
    private sealed record Contents(TStore Store, MlflowClient Client, List<string> Experiments, List<string> Runs, List<string> Models);
}
