using NotebookTestRunner.Checks.Contracts.Reading;

namespace NotebookTestRunner.Checks.Contracts.Store;

/// <summary>What is promised of a metric.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its last value.</param>
internal sealed record MetricTerms(string Place, string Name, Expectation Value)
{
    /// <summary>The lowest and highest value it had; null where nothing is said.</summary>
    public Expectation? Minimum { get; private init; }

    public Expectation? Maximum { get; private init; }

    /// <summary>How many values it had; null where nothing is said.</summary>
    public Amount? Points { get; private init; }

    /// <summary>The step of its last value; null where nothing is said.</summary>
    public Expectation? LastStep { get; private init; }

    /// <summary>Whether more than the last value has to be read.</summary>
    public bool IsAboutHistory => Minimum is not null || Maximum is not null || Points is not null;

    public static MetricTerms Read(string name, ContractNode node)
    {
        if (!node.IsMapping) return new(node.Place, name, node.Expectation());
        var keys = node.Members("a metric").Select(member => member.Key).ToHashSet();
        if (keys.Count > 0 && keys.IsSubsetOf(["equals", "one-of", "from", "to", "within", "matches", "contains"])) return new(node.Place, name, node.Expectation());
        var members = node.Members("a metric", "value", "min", "max", "points", "last-step");
        return new(node.Place, name, members.GetValueOrDefault("value")?.Expectation() ?? new Expectation.Present())
        {
            Minimum = members.GetValueOrDefault("min")?.Expectation(),
            Maximum = members.GetValueOrDefault("max")?.Expectation(),
            Points = members.GetValueOrDefault("points")?.Amount("points"),
            LastStep = members.GetValueOrDefault("last-step")?.Expectation(),
        };
    }
}
