using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookTestRunner.Checks.Contracts.Reading;

namespace NotebookTestRunner.Checks.Contracts.Files;

/// <summary>Files that are to be there, and what is to be in them.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Glob">Which.</param>
internal sealed record FileTerm(string Place, Glob Glob)
{
    private const long LargestContent = 100_000_000;

    /// <summary>How many; one or more unless something else is said.</summary>
    public Amount Count { get; private init; } = Amount.Some;

    private long? Least { get; init; }

    private long? Most { get; init; }

    private List<Expectation> Contents { get; init; } = [];

    private IReadOnlyList<(string Path, Expectation Value)> Json { get; init; } = [];

    /// <summary>Whether the content has to be read.</summary>
    public bool IsAboutContent => Contents.Count > 0 || Json.Count > 0;

    /// <summary>Reads a list of patterns, each alone or with what is to be true of the files: <c>- out.csv</c>, <c>- out.csv: {min-size: 10}</c>.</summary>
    public static IReadOnlyList<FileTerm> ReadAll(ContractNode node) =>
        [.. node.Items.SelectMany(item => item.Scalar is { } pattern
            ? [Create(pattern, item)]
            : item.Members("a list of files").Select(member => Read(member.Key, member.Value)))];

    /// <summary>What is wrong with a file.</summary>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="readAsync">Reads it; called only when the content matters.</param>
    public async Task<string?> FaultAsync(long size, Func<Task<string>> readAsync)
    {
        if (size < Least) return string.Create(CultureInfo.InvariantCulture, $"has {size} bytes, and at least {Least} are expected");
        if (size > Most) return string.Create(CultureInfo.InvariantCulture, $"has {size} bytes, and at most {Most} are expected");
        if (!IsAboutContent) return null;
        if (size > LargestContent) return string.Create(CultureInfo.InvariantCulture, $"has {size} bytes, too many to look into");
        var text = await readAsync();
        if (Contents.FirstOrDefault(content => !content.Allows(text)) is { } missing) return $"is expected to hold {missing}; it begins with \"{Head(text)}\"";
        return Json.Select(value => JsonFault(text, value.Path, value.Value)).FirstOrDefault(fault => fault is not null);
    }

    private static FileTerm Read(string pattern, ContractNode node)
    {
        if (node.Scalar is { } amount) return amount.Length == 0 ? Create(pattern, node) : Create(pattern, node) with { Count = node.Amount("the number of files") };
        var members = node.Members("what is expected of a file", "count", "min-size", "max-size", "contains", "matches", "json");
        List<Expectation> contents = [];
        if (members.TryGetValue("contains", out var contains)) contents.AddRange(contains.Texts("contains").Select(part => new Expectation.Containing(part)));
        if (members.TryGetValue("matches", out var matches)) contents.AddRange(matches.Items.Select(item => new Expectation.Like(item.Pattern())));
        return Create(pattern, node) with
        {
            Count = members.TryGetValue("count", out var count) ? count.Amount("count") : Amount.Some,
            Least = members.TryGetValue("min-size", out var least) ? least.Integer("min-size") : null,
            Most = members.TryGetValue("max-size", out var most) ? most.Integer("max-size") : null,
            Contents = contents,
            Json = members.TryGetValue("json", out var json) ? [.. json.Members("json").Select(member => (member.Key, member.Value.Expectation()))] : [],
        };
    }

    private static FileTerm Create(string pattern, ContractNode node) =>
        pattern.Trim().Length == 0 ? throw node.Refuse("a file has no name") : new(node.Place, new Glob(pattern.Trim()));

    private static string? JsonFault(string text, string path, Expectation expected)
    {
        JsonNode? found;
        try
        {
            found = JsonNode.Parse(text);
        }
        catch (JsonException error)
        {
            return $"is expected to be JSON: {error.Message}";
        }
        foreach (var step in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == "$") continue;
            found = found switch
            {
                JsonObject members => members[step],
                JsonArray items when int.TryParse(step, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
                    && (index < 0 ? index + items.Count : index) is var at && at >= 0 && at < items.Count => items[at],
                _ => null,
            };
            if (found is null) break;
        }
        var value = found is JsonValue single && single.TryGetValue<string>(out var plain) ? plain : found?.ToJsonString();
        return expected.Allows(value) ? null : $"has at {path} {(value is null ? "nothing" : Head(value))}, and {expected} is expected";
    }

    private static string Head(string text) => text.Length <= 120 ? text.ReplaceLineEndings("⏎") : text[..120].ReplaceLineEndings("⏎") + "…";
}
