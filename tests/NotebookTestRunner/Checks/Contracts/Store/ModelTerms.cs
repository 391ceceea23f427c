using NotebookTestRunner.Checks.Contracts.Reading;

namespace NotebookTestRunner.Checks.Contracts.Store;

/// <summary>What is promised of a registered model.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">Its name.</param>
internal sealed record ModelTerms(string Place, string Name)
{
    private static readonly string[] CanBeClosed = ["aliases", "tags"];

    /// <summary>How many versions it has; null where nothing is said.</summary>
    public (string Place, Amount Amount)? Versions { get; private init; }

    public IReadOnlyList<AliasTerms> Aliases { get; private init; } = [];

    public IReadOnlyList<(string Place, string Name, Expectation Value)> Tags { get; private init; } = [];

    /// <summary>What is promised of its newest version; null where nothing is said.</summary>
    public AliasTerms? Latest { get; private init; }

    public IReadOnlyList<string> NothingElse { get; private init; } = [];

    public static ModelTerms Read(string name, ContractNode node)
    {
        var terms = new ModelTerms(node.Place, name);
        if (node.Scalar is { } amount) return amount.Length == 0 ? terms : terms with { Versions = (node.Place, node.Amount("the number of versions")) };
        var members = node.Members("a registered model", "versions", "latest", "aliases", "tags", "nothing-else");
        return terms with
        {
            Versions = members.TryGetValue("versions", out var versions) ? (versions.Place, versions.Amount("versions")) : null,
            Latest = members.TryGetValue("latest", out var latest) ? AliasTerms.Read("", latest) : null,
            Aliases = members.TryGetValue("aliases", out var aliases) ? [.. aliases.Members("aliases").Select(alias => AliasTerms.Read(alias.Key, alias.Value))] : [],
            Tags = members.TryGetValue("tags", out var tags) ? [.. tags.Members("tags").Select(tag => (tag.Value.Place, tag.Key, tag.Value.Expectation()))] : [],
            NothingElse = members.TryGetValue("nothing-else", out var closed)
                ? [.. closed.Items.Select(item => item.Text("nothing-else") is var word && CanBeClosed.Contains(word) ? word : throw item.Refuse($"\"{word}\" is not known in nothing-else of a registered model: there are {string.Join(", ", CanBeClosed)}"))]
                : [],
        };
    }
}

/// <summary>What is promised of the version that an alias names, or of the newest version.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">The alias; empty for the newest version.</param>
internal sealed record AliasTerms(string Place, string Name)
{
    /// <summary>Which version; any when nothing is said.</summary>
    public Expectation Version { get; private init; } = new Expectation.Present();

    /// <summary>The name of the run it comes from; null where nothing is said.</summary>
    public Expectation? Run { get; private init; }

    public IReadOnlyList<(string Place, string Name, Expectation Value)> Tags { get; private init; } = [];

    public static AliasTerms Read(string name, ContractNode node)
    {
        if (!node.IsMapping) return new(node.Place, name) { Version = node.Expectation() };
        var members = node.Members(name.Length == 0 ? "the newest version" : "an alias", "version", "run", "tags");
        return new(node.Place, name)
        {
            Version = members.GetValueOrDefault("version")?.Expectation() ?? new Expectation.Present(),
            Run = members.GetValueOrDefault("run")?.Expectation(),
            Tags = members.TryGetValue("tags", out var tags) ? [.. tags.Members("tags").Select(tag => (tag.Value.Place, tag.Key, tag.Value.Expectation()))] : [],
        };
    }
}
