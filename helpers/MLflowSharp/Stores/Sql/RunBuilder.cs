using MLflowSharp.Context;
using MLflowSharp.Values;

namespace MLflowSharp.Stores.Sql;

/// <summary>
/// Collects what a run logged, row by row, and makes the run of it. Ten thousand are made at a time: a list is there only when something is in it,
/// and the dictionaries of a run are looks at its lists.
/// </summary>
internal sealed class RunBuilder(RunInfo info)
{
    private static readonly SortedLookup<KeyValuePair<string, string>, string> NoPairs = new([], pair => pair.Key, pair => pair.Value);
    private static readonly RunOutputs NoOutputs = new([]);
    private static readonly RunInputs NoInputs = new([]);

    private List<Metric>? _metrics;
    private List<KeyValuePair<string, string>>? _params;
    private List<KeyValuePair<string, string>>? _tags;
    private List<DatasetInput>? _datasets;
    private List<LoggedModelInput>? _modelInputs;
    private List<LoggedModelOutput>? _modelOutputs;

    public List<Metric> Metrics(int capacity) => _metrics ??= new(capacity);

    public List<KeyValuePair<string, string>> Params(int capacity) => _params ??= new(capacity);

    public List<KeyValuePair<string, string>> Tags(int capacity) => _tags ??= new(capacity);

    public void Add(DatasetInput input) => (_datasets ??= []).Add(input);

    public void Add(LoggedModelInput input) => (_modelInputs ??= []).Add(input);

    public void Add(LoggedModelOutput output) => (_modelOutputs ??= []).Add(output);

    public Run Build()
    {
        var tags = Lookup(_tags);
        // Runs of MLflow before 1.30 have their name only as a tag.
        var named = info.RunName.Length == 0 && tags.TryGetValue(SystemTags.RunName, out var name) ? info with { RunName = name } : info;
        Sort(_metrics, metric => metric.Key);
        IReadOnlyList<Metric> metrics = _metrics ?? [];
        return new(
            named,
            new(metrics, new SortedLookup<Metric, double>(metrics, metric => metric.Key, metric => metric.Value), Lookup(_params), tags),
            (_datasets, _modelInputs) is (null, null) ? NoInputs : new(_datasets ?? []) { ModelInputs = _modelInputs ?? [] })
        {
            Outputs = _modelOutputs is null ? NoOutputs : new(_modelOutputs),
        };
    }

    private static SortedLookup<KeyValuePair<string, string>, string> Lookup(List<KeyValuePair<string, string>>? pairs)
    {
        if (pairs is null)
            return NoPairs;
        Sort(pairs, pair => pair.Key);
        return new(pairs, pair => pair.Key, pair => pair.Value);
    }

    private static void Sort<T>(List<T>? items, Func<T, string> key)
    {
        for (var i = 1; i < items?.Count; i++)
        {
            if (string.CompareOrdinal(key(items[i - 1]), key(items[i])) > 0)
            {
                items.Sort((one, other) => string.CompareOrdinal(key(one), key(other)));
                return;
            }
        }
    }
}
