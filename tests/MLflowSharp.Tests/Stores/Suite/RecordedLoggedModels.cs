using System.Globalization;
using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>The logged models of <c>Fixtures/Search/logged-models-3.17.2.json</c> in a store of one kind.</summary>
/// <typeparam name="TStore">The kind of store.</typeparam>
public sealed class RecordedLoggedModels<TStore> : IDisposable
    where TStore : StoreUnderTest, new()
{
    private readonly TStore _store = new();
    private readonly List<string> _runs;
    private readonly List<string> _models = [];

    public RecordedLoggedModels()
    {
        Client = _store.NewClient(_store.Options with { TimeProvider = new SteppingClock() });
        Experiments = [Client.CreateExperiment("alpha", "/scratch/alpha"), Client.CreateExperiment("Beta", "/scratch/Beta")];
        _runs = [.. Enumerable.Range(0, 3).Select(i => Client.CreateRun(Experiments[i % 2]).Info.RunId)];
        foreach (var model in Recorded["models"]!.AsArray())
            _models.Add(Add(model!));
    }

    public JsonNode Recorded { get; } = RecordedAnswers.Read("logged-models-3.17.2.json");

    public MlflowClient Client { get; }

    public IReadOnlyList<string> Experiments { get; }

    /// <summary>A filter of the recording with the identifiers that things have here.</summary>
    public string Filter(JsonNode query)
    {
        var filter = (string)query["filter"]!;
        foreach (var (i, id) in _models.Index())
            filter = filter.Replace($"{{m{i}}}", id, StringComparison.Ordinal);
        foreach (var (i, id) in _runs.Index())
            filter = filter.Replace($"{{r{i}}}", id, StringComparison.Ordinal);
        return filter;
    }

    /// <summary>The number a model has in the recording.</summary>
    public int NumberOf(LoggedModel model) => _models.IndexOf(model.ModelId);

    public void Dispose()
    {
        Client.Dispose();
        _store.Dispose();
    }

    private string Add(JsonNode model)
    {
        var run = (int?)model["run"];
        var id = Client.CreateLoggedModel(
            Experiments[(int)model["experiment"]!], (string)model["name"]!, run is null ? null : _runs[run.Value], Texts(model["tags"]!), Texts(model["params"]!), (string?)model["type"]).ModelId;
        foreach (var metric in model["metrics"]!.AsArray())
        {
            Client.LogBatch(_runs[run ?? 0], [new(
                (string)metric!["key"]!, double.Parse(metric["value"]!.ToString(), CultureInfo.InvariantCulture), (long)metric["timestamp"]!, (long)metric["step"]!)
            {
                ModelId = id,
                DatasetName = (string?)metric["dataset"]?[0],
                DatasetDigest = (string?)metric["dataset"]?[1],
            }]);
        }

        if ((bool)model["ready"]!)
            Client.FinalizeLoggedModel(id);
        if ((bool)model["deleted"]!)
            Client.DeleteLoggedModel(id);
        return id;
    }

    private static Dictionary<string, string> Texts(JsonNode map) => map.AsObject().ToDictionary(item => item.Key, item => (string)item.Value!);
}
