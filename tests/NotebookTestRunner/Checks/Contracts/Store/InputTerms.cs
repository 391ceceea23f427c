using NotebookTestRunner.Checks.Contracts.Reading;

namespace NotebookTestRunner.Checks.Contracts.Store;

/// <summary>What is promised of a dataset that goes into a run.</summary>
/// <param name="Place">Where it stands.</param>
internal sealed record InputTerms(string Place)
{
    public Expectation? Name { get; private init; }

    /// <summary>What it is used for, such as <c>training</c>.</summary>
    public Expectation? Context { get; private init; }

    public Expectation? Digest { get; private init; }

    public static InputTerms Read(ContractNode node)
    {
        if (node.Scalar is { } name) return new(node.Place) { Name = new Expectation.Same(name) };
        var members = node.Members("a dataset", "name", "context", "digest");
        return new(node.Place)
        {
            Name = members.GetValueOrDefault("name")?.Expectation(),
            Context = members.GetValueOrDefault("context")?.Expectation(),
            Digest = members.GetValueOrDefault("digest")?.Expectation(),
        };
    }

    public override string ToString() =>
        string.Join(", ", new[] { ("name", Name), ("context", Context), ("digest", Digest) }.Where(part => part.Item2 is not null).Select(part => $"{part.Item1} {part.Item2}"));
}
