using NotebookTestRunner.Checks.Contracts.Files;
using NotebookTestRunner.Checks.Contracts.Reading;

namespace NotebookTestRunner.Checks.Contracts.Store;

/// <summary>What is promised of the runs of a name.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">The name, or a pattern of names.</param>
internal sealed record RunTerms(string Place, Glob Name)
{
    private static readonly string[] CanBeClosed = ["parameters", "metrics", "tags", "inputs", "artifacts", "logged-models"];

    /// <summary>How many runs have the name.</summary>
    public Amount Count { get; private init; } = Amount.Some;

    /// <summary>Whether it was there before; otherwise it is new.</summary>
    public bool Continued { get; private init; }

    public Expectation? Experiment { get; private init; }

    public Expectation? Status { get; private init; }

    /// <summary>The name of the run it is nested in; absent for none.</summary>
    public Expectation? Parent { get; private init; }

    public IReadOnlyList<(string Place, string Name, Expectation Value)> Parameters { get; private init; } = [];

    public IReadOnlyList<MetricTerms> Metrics { get; private init; } = [];

    public IReadOnlyList<(string Place, string Name, Expectation Value)> Tags { get; private init; } = [];

    public IReadOnlyList<InputTerms> Inputs { get; private init; } = [];

    public IReadOnlyList<FileTerm> Artifacts { get; private init; } = [];

    /// <summary>The names of the models it has logged, or how many there are.</summary>
    public IReadOnlyList<(string Place, string Name)> LoggedModels { get; private init; } = [];

    public (string Place, Amount Amount)? LoggedModelCount { get; private init; }

    /// <summary>What there is nothing else of: parameters, metrics, …</summary>
    public IReadOnlyList<string> NothingElse { get; private init; } = [];

    public static RunTerms Read(string name, ContractNode node)
    {
        if (name.Length == 0) throw node.Refuse("a run has no name");
        var terms = new RunTerms(node.Place, new Glob(name));
        if (node.Scalar is { } amount) return amount.Length == 0 ? terms : terms with { Count = node.Amount("the number of runs") };
        var members = node.Members(
            "a run", "count", "continued", "experiment", "status", "parent", "parameters", "metrics", "tags", "inputs", "artifacts", "logged-models", "nothing-else");
        var models = members.GetValueOrDefault("logged-models");
        return terms with
        {
            Count = members.TryGetValue("count", out var count) ? count.Amount("count") : Amount.Some,
            Continued = members.TryGetValue("continued", out var continued) && continued.Boolean("continued"),
            Experiment = members.GetValueOrDefault("experiment")?.Expectation(),
            Status = members.GetValueOrDefault("status")?.Expectation(),
            Parent = members.GetValueOrDefault("parent") is not { } parent ? null : parent.Scalar == "none" ? new Expectation.Absent() : parent.Expectation(),
            Parameters = Values(members, "parameters"),
            Metrics = members.TryGetValue("metrics", out var metrics) ? [.. metrics.Members("metrics").Select(metric => MetricTerms.Read(metric.Key, metric.Value))] : [],
            Tags = Values(members, "tags"),
            Inputs = members.TryGetValue("inputs", out var inputs) ? [.. inputs.Items.Select(InputTerms.Read)] : [],
            Artifacts = members.TryGetValue("artifacts", out var artifacts) ? FileTerm.ReadAll(artifacts) : [],
            LoggedModels = models is { IsList: true } ? [.. models.Items.Select(item => (item.Place, item.Text("the name of a logged model")))] : [],
            LoggedModelCount = models is { IsList: false } ? (models.Place, models.Amount("logged-models")) : null,
            NothingElse = members.TryGetValue("nothing-else", out var closed) ? [.. closed.Items.Select(Closed)] : [],
        };
    }

    private static IReadOnlyList<(string, string, Expectation)> Values(IReadOnlyDictionary<string, ContractNode> members, string key) =>
        members.TryGetValue(key, out var node) ? [.. node.Members(key).Select(member => (member.Value.Place, member.Key, member.Value.Expectation()))] : [];

    private static string Closed(ContractNode node) =>
        node.Text("nothing-else") is var word && CanBeClosed.Contains(word)
            ? word
            : throw node.Refuse($"\"{word}\" is not known in nothing-else: did you mean \"{Nearest.To(word, CanBeClosed)}\"? There are {string.Join(", ", CanBeClosed)}");
}
