using System.Text.RegularExpressions;

namespace MLflowSharp.Copying;

/// <summary>Which run or logged model of the source became which: stores give identifiers of their own.</summary>
internal sealed partial class IdentifierMap
{
    private readonly Dictionary<string, string> _identifiers = new(StringComparer.Ordinal);
    private readonly List<(string Old, string New)> _locations = [];

    /// <summary>Remembers a run or a logged model (<c>m-…</c>) and where its artifacts are.</summary>
    public void Add(string oldId, string newId, string oldLocation, string newLocation)
    {
        _identifiers.Add(Bare(oldId), Bare(newId));
        _locations.Add((oldLocation.TrimEnd('/'), newLocation.TrimEnd('/')));
    }

    /// <summary>The new identifier of a logged model; null when it was not copied.</summary>
    public string? Model(string? oldId) => oldId is not null && _identifiers.TryGetValue(Bare(oldId), out var id) ? $"m-{id}" : null;

    /// <summary>The new identifier of a run; null when it was not copied.</summary>
    public string? Run(string? oldId) => oldId is not null ? _identifiers.GetValueOrDefault(oldId) : null;

    /// <summary>A text with new identifiers in place of those that were copied: tags name parents and models by them.</summary>
    public string Translate(string text) => Identifier().Replace(text, match => _identifiers.GetValueOrDefault(match.Value, match.Value));

    /// <summary>Where a version comes from, in the target.</summary>
    public string Source(string source)
    {
        foreach (var (old, now) in _locations)
        {
            if (source == old || source.StartsWith(old + "/", StringComparison.Ordinal))
                return now + source[old.Length..];
        }

        return Translate(source);
    }

    private static string Bare(string id) => id.StartsWith("m-", StringComparison.Ordinal) ? id[2..] : id;

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Identifier();
}
