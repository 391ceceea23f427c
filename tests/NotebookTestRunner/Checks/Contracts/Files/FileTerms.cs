using NotebookTestRunner.Checks.Contracts.Reading;

namespace NotebookTestRunner.Checks.Contracts.Files;

/// <summary>What happens to files.</summary>
internal sealed record FileTerms
{
    /// <summary>Where it stands.</summary>
    public required string Place { get; init; }

    /// <summary>Files that are written: new ones, or such as were there and are new in what they hold.</summary>
    public IReadOnlyList<FileTerm> Created { get; private init; } = [];

    /// <summary>Files that were there and are changed.</summary>
    public IReadOnlyList<FileTerm> Changed { get; private init; } = [];

    /// <summary>Files that were there and are gone.</summary>
    public IReadOnlyList<FileTerm> Deleted { get; private init; } = [];

    /// <summary>Whether nothing else happens in the working folder.</summary>
    public bool Only { get; private init; }

    /// <summary>What may happen outside the working folder; null for anything.</summary>
    public IReadOnlyList<Glob>? Outside { get; private init; } = [];

    public static FileTerms Read(ContractNode node, Func<string, Glob> toFullPath)
    {
        var terms = new FileTerms { Place = node.Place };
        if (node.Scalar is { } word)
            return word is "only" or "none" ? terms with { Only = true } : throw node.Refuse($"files is \"{word}\": write none (nothing is created, changed or deleted), or a mapping with created, changed, deleted, only, outside");
        var members = node.Members("files", "created", "changed", "deleted", "only", "outside");
        return terms with
        {
            Created = members.TryGetValue("created", out var created) ? FileTerm.ReadAll(created) : [],
            Changed = members.TryGetValue("changed", out var changed) ? FileTerm.ReadAll(changed) : [],
            Deleted = members.TryGetValue("deleted", out var deleted) ? FileTerm.ReadAll(deleted) : [],
            Only = members.TryGetValue("only", out var only) && only.Boolean("only"),
            Outside = !members.TryGetValue("outside", out var outside) || outside.Scalar is "nothing" or "none" ? []
                : outside.Scalar is "anything" ? null
                : [.. outside.Texts("outside").Select(toFullPath)],
        };
    }
}
