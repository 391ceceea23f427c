using NotebookTestRunner.Checks.Contracts.Reading;

namespace NotebookTestRunner.Checks.Contracts.Store;

/// <summary>What the tracking store holds afterwards.</summary>
internal sealed record StoreTerms
{
    /// <summary>How many experiments are new; null where nothing is said.</summary>
    public (string Place, Amount Amount)? NewExperiments { get; private init; }

    /// <summary>Experiments that are there.</summary>
    public IReadOnlyList<(string Place, string Name)> Experiments { get; private init; } = [];

    /// <summary>How many runs are new; null where nothing is said.</summary>
    public (string Place, Amount Amount)? NewRuns { get; private init; }

    /// <summary>Runs, and what is in them.</summary>
    public IReadOnlyList<RunTerms> Runs { get; private init; } = [];

    /// <summary>How many registered models are new; null where nothing is said.</summary>
    public (string Place, Amount Amount)? NewModels { get; private init; }

    /// <summary>How many versions of registered models are new; null where nothing is said.</summary>
    public (string Place, Amount Amount)? NewVersions { get; private init; }

    /// <summary>Registered models, and what is in them.</summary>
    public IReadOnlyList<ModelTerms> Models { get; private init; } = [];

    public static StoreTerms? Read(IReadOnlyDictionary<string, ContractNode> members)
    {
        if (!members.Keys.Any(key => key is "experiments" or "runs" or "registered-models")) return null;
        var terms = new StoreTerms();
        if (members.TryGetValue("experiments", out var experiments)) terms = terms.WithExperiments(experiments);
        if (members.TryGetValue("runs", out var runs)) terms = terms.WithRuns(runs);
        if (members.TryGetValue("registered-models", out var models)) terms = terms.WithModels(models);
        return terms;
    }

    private StoreTerms WithExperiments(ContractNode node)
    {
        if (node.IsList) return this with { Experiments = Names(node) };
        if (!node.IsMapping) return this with { NewExperiments = (node.Place, node.Amount("experiments")) };
        var members = node.Members("experiments", "new", "named");
        return this with
        {
            NewExperiments = members.TryGetValue("new", out var count) ? (count.Place, count.Amount("new")) : null,
            Experiments = members.TryGetValue("named", out var named) ? Names(named) : [],
        };
    }

    private StoreTerms WithRuns(ContractNode node)
    {
        if (!node.IsMapping) return this with { NewRuns = (node.Place, node.Amount("runs")) };
        var members = node.Members("runs", "new", "named");
        return this with
        {
            NewRuns = members.TryGetValue("new", out var count) ? (count.Place, count.Amount("new")) : null,
            Runs = members.TryGetValue("named", out var named) ? [.. named.Members("runs by their names").Select(run => RunTerms.Read(run.Key, run.Value))] : [],
        };
    }

    private StoreTerms WithModels(ContractNode node)
    {
        if (!node.IsMapping) return this with { NewModels = (node.Place, node.Amount("registered-models")) };
        var members = node.Members("registered-models", "new", "new-versions", "named");
        return this with
        {
            NewModels = members.TryGetValue("new", out var count) ? (count.Place, count.Amount("new")) : null,
            NewVersions = members.TryGetValue("new-versions", out var versions) ? (versions.Place, versions.Amount("new-versions")) : null,
            Models = members.TryGetValue("named", out var named) ? [.. named.Members("registered models by their names").Select(model => ModelTerms.Read(model.Key, model.Value))] : [],
        };
    }

    private static IReadOnlyList<(string, string)> Names(ContractNode node) => [.. node.Items.Select(item => (item.Place, item.Text("the name of an experiment")))];
}
