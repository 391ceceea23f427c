using MLflowSharp.Traces;

namespace MLflowSharp.Search;

internal sealed partial class SearchParser
{
    private static readonly string[] TraceTextComparators = ["=", "!=", "LIKE", "ILIKE", "RLIKE"];
    private static readonly string[] TraceListableComparators = ["=", "!=", "IN", "NOT IN", "LIKE", "ILIKE", "RLIKE"];
    private static readonly string[] AssessmentComparators = ["=", "!=", "<", "<=", ">", ">=", "LIKE", "ILIKE", "RLIKE"];
    private static readonly string[] SpanKeys = ["name", "type", "status"];

    /// <summary>Attributes that stand for something else.</summary>
    private static readonly Dictionary<string, (SearchEntity Entity, string Key)> TraceMeanings = new(StringComparer.Ordinal)
    {
        ["name"] = (SearchEntity.Tag, TraceKeys.Name), ["run_id"] = (SearchEntity.Metadata, TraceKeys.SourceRun),
        ["text"] = (SearchEntity.Span, "content"), ["prompt"] = (SearchEntity.Link, "prompt"),
    };

    /// <summary>A comparison about traces (https://mlflow.org/docs/latest/genai/tracing/search-traces/).</summary>
    private SearchClause ParseTrace(string identifier, string comparator, SearchToken? value)
    {
        var (entity, key) = ParseIdentifier(identifier, quotedAttributes: true);
        if (entity == SearchEntity.Assessment)
            key = $"{Unquote(identifier[..identifier.IndexOf('.', StringComparison.Ordinal)], "`")}.{key}";
        else if (entity == SearchEntity.Attribute && TraceMeanings.TryGetValue(key, out var meaning))
            (entity, key) = meaning;
        if (value is null)
        {
            return entity is SearchEntity.Tag or SearchEntity.Metadata or SearchEntity.Assessment
                ? new(entity, key, comparator, null)
                : throw MlflowException.Invalid($"{comparator} cannot be asked about '{identifier}' when searching traces.");
        }

        return entity switch
        {
            SearchEntity.Attribute => ParseTraceAttribute(key, comparator, value),
            SearchEntity.Span when key == "content" => new(entity, key, Allowed(comparator, ["LIKE", "ILIKE"]), Text(value, "span")),
            SearchEntity.Span when SpanKeys.Contains(key) || key.StartsWith("attributes.", StringComparison.Ordinal) && key.Length > "attributes.".Length =>
                new(entity, key, Allowed(comparator, TraceListableComparators), TextOrList(value, comparator, "span")),
            SearchEntity.Span => throw MlflowException.Invalid(
                value.Kind == TokenKind.Quoted ? $"Invalid span attribute '{key}'. Supported attributes: name, status, type, content, attributes.<attribute_name>."
                    : $"Expected a quoted string value for span (e.g. 'my-value'). Got value {value.Text}"),
            SearchEntity.Assessment when comparator is "<" or "<=" or ">" or ">=" => new(entity, key, comparator, value.Number ?? throw NotNumber(identifier, value)),
            SearchEntity.Assessment => new(entity, key, Allowed(comparator, AssessmentComparators), Text(value, "assessment")),
            SearchEntity.Link => new(entity, key, Allowed(comparator, ["="]), Text(value, key)),
            _ => new(entity, key, Allowed(comparator, TraceTextComparators), Text(value, entity == SearchEntity.Tag ? "tag" : "metadata")),
        };
    }

    private SearchClause ParseTraceAttribute(string key, string comparator, SearchToken value)
    {
        var attribute = schema.Attributes.GetValueOrDefault(key) ?? throw UnknownAttribute(key, schema.Attributes.Keys.Concat(TraceMeanings.Keys));
        return attribute.Kind == SearchValueKind.Number
            ? new(SearchEntity.Attribute, attribute.Key, Allowed(comparator, NumberComparators), value.Number ?? throw NotNumber($"numeric attribute: {key}", value))
            : new(SearchEntity.Attribute, attribute.Key, Allowed(comparator, TraceListableComparators), TextOrList(value, comparator, "attribute"));
    }
}
