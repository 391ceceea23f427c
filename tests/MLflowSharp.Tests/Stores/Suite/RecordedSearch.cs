using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>The 60 runs of <c>Fixtures/Search</c> in a store of one kind, and what MLflow 3.17.2 answered about them.</summary>
/// <typeparam name="TStore">The kind of store.</typeparam>
public sealed class RecordedSearch<TStore> : IDisposable
    where TStore : StoreUnderTest, new()
{
    // Made when a test asks, not by xunit: only a test can say that the store cannot be had here.
    private readonly Lazy<(TStore Store, MlflowClient Client)> _filled;
    private readonly Dictionary<string, string> _experiments = [];
    private readonly Dictionary<string, int> _numbers = [];

    public RecordedSearch()
    {
        Recorded = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Search", "3.17.2.json")))!;
        _filled = new(Fill);
    }

    public JsonNode Recorded { get; }

    public MlflowClient Client => _filled.Value.Client;

    public IReadOnlyList<string> Ids(JsonNode experimentNames)
    {
        _ = _filled.Value;
        return [.. experimentNames.AsArray().Select(name => _experiments[(string)name!])];
    }

    /// <summary>A filter of the recording, where experiments are numbered 1, 2, 3, with the identifiers they have here.</summary>
    public string WithOurIds(string filter) =>
        Regex.Replace(filter, @"(?<=\bexperiment_id (?:= |IN \()')\d+(?=')", number => _experiments.Values.ElementAt(int.Parse(number.Value, CultureInfo.InvariantCulture) - 1));

    /// <summary>The number a run has in the recording.</summary>
    public int NumberOf(Run run) => _numbers[run.Info.RunId];

    public void Dispose()
    {
        if (_filled.IsValueCreated)
        {
            Client.Dispose();
            _filled.Value.Store.Dispose();
        }
    }

    private (TStore Store, MlflowClient Client) Fill()
    {
        var store = new TStore();
        var client = store.NewClient(store.Options with { TimeProvider = new SteppingClock() });
        foreach (var (name, tags) in Recorded["experiments"]!.AsObject())
            _experiments[name] = client.CreateExperiment(name, tags: Texts(tags!));
        foreach (var run in Recorded["runs"]!.AsArray())
            Add(client, run!);
        return (store, client);
    }

    private void Add(MlflowClient client, JsonNode run)
    {
        var number = (int)run["i"]!;
        var start = DateTimeOffset.FromUnixTimeMilliseconds((long)run["start_time"]!);
        var tags = Texts(run["tags"]!);
        tags["n"] = number.ToString(CultureInfo.InvariantCulture);
        tags["mlflow.user"] = (string)run["user"]!;
        var runId = client.CreateRun(_experiments[(string)run["experiment"]!], start, tags, (string)run["name"]!).Info.RunId;
        _numbers[runId] = number;
        client.LogBatch(
            runId,
            [.. run["metrics"]!.AsObject().Select(metric => new Metric(metric.Key, Number(metric.Value!), start.ToUnixTimeMilliseconds()))],
            [.. Texts(run["params"]!).Select(param => new Param(param.Key, param.Value))]);
        if (run["dataset"] is JsonArray dataset)
            client.LogInputs(runId, [new(new((string)dataset[0]!, (string)dataset[1]!, "local", "{}"), [new("mlflow.data.context", (string)dataset[2]!)])]);
        // The recording does not say when a run ended; this is the rule that its answers about end_time follow.
        if ((string?)run["status"] is { } status)
            client.SetTerminated(runId, Enum.Parse<RunStatus>(status, ignoreCase: true), start.AddSeconds(1 + number % 11));
        if ((bool)run["deleted"]!)
            client.DeleteRun(runId);
    }

    private static Dictionary<string, string> Texts(JsonNode map) => map.AsObject().ToDictionary(item => item.Key, item => (string)item.Value!);

    private static double Number(JsonNode value) =>
        value.GetValueKind() == System.Text.Json.JsonValueKind.String ? double.Parse((string)value!, CultureInfo.InvariantCulture) : (double)value;
}
