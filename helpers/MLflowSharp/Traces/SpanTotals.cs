using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp.Traces;

/// <summary>
/// Adds up what the spans of a trace say of tokens or costs. A span that says something speaks for all within it: some libraries write sums on the
/// outer spans, and what is inside would count twice.
/// </summary>
/// <param name="names">The names of the parts, such as <c>input_tokens</c>.</param>
internal sealed class SpanTotals(string[] names)
{
    private readonly Dictionary<string, (string? Parent, JsonObject? Said)> _spans = new(StringComparer.Ordinal);

    /// <summary>Adds a span; one that was added already is replaced.</summary>
    public void Add(string spanId, string? parentId, string? said) => _spans[spanId] = (parentId, said is null ? null : SpanAttributes.Parse(said) as JsonObject);

    /// <summary>The sums by name; null for those that no span says anything about.</summary>
    public IReadOnlyDictionary<string, double?> Sum()
    {
        var sums = names.ToDictionary(name => name, _ => (double?)null, StringComparer.Ordinal);
        foreach (var (id, (parent, said)) in _spans)
        {
            if (said is null || IsWithinOneThatSays(id, parent))
                continue;
            foreach (var name in names)
            {
                if (said[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.GetValue<double>() is var number && double.IsFinite(number))
                    sums[name] = (sums[name] ?? 0) + number;
            }
        }

        return sums;
    }

    private bool IsWithinOneThatSays(string id, string? parent)
    {
        // A chain that comes back to itself ends, too.
        var seen = new HashSet<string>(StringComparer.Ordinal) { id };
        while (parent is not null && seen.Add(parent) && _spans.TryGetValue(parent, out var above))
        {
            if (above.Said is not null)
                return true;
            parent = above.Parent;
        }

        return false;
    }
}
