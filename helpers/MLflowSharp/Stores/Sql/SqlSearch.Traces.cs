using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Search;
using MLflowSharp.Traces;
using MLflowSharp.Values;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlSearch
{
    private const string OfTrace = "x.request_id = t.request_id";
    private const string EndOfTrace = "(t.timestamp_ms + coalesce(t.execution_time_ms, 0))";

    public void FilterTraces(IReadOnlyList<SearchClause> clauses)
    {
        // What is asked of spans is asked of one and the same.
        var spans = new List<string>();
        foreach (var clause in clauses)
        {
            var (entity, key, comparator, value) = clause;
            if (entity == SearchEntity.Span)
                spans.Add(OfSpan(key, comparator, value));
            else
                Require(entity switch
                {
                    SearchEntity.Attribute => Compare(key == "end_time_ms" ? EndOfTrace : $"t.{key}", comparator, value),
                    SearchEntity.Tag when key == TraceKeys.Name => OfColumn("t.trace_name", comparator, value),
                    SearchEntity.Metadata when key == TraceKeys.Session => OfColumn("t.session_id", comparator, value),
                    SearchEntity.Metadata when key is TraceKeys.TokenUsage => OfParts(TraceKeys.TokenColumns, comparator, value),
                    SearchEntity.Metadata when key is TraceKeys.Cost => OfParts(TraceKeys.CostColumns, comparator, value),
                    SearchEntity.Metadata when key == TraceKeys.SourceRun && comparator == "=" =>
                        $"({Exists("trace_request_metadata", key, comparator, value, OfTrace)} OR {IsLinked("run", value)})",
                    SearchEntity.Metadata => Exists("trace_request_metadata", key, comparator, value, OfTrace),
                    SearchEntity.Link when key == "prompt" => IsLinked("prompt_version", value),
                    SearchEntity.Link => $"EXISTS (SELECT 1 FROM assessments x WHERE x.trace_id = t.request_id AND x.assessment_type = 'issue' AND x.name = {Add(value)})",
                    SearchEntity.Assessment => OfAssessment(key, comparator, value),
                    _ => Exists("trace_tags", key, comparator, value, OfTrace),
                });
        }

        if (spans.Count > 0)
            Require($"EXISTS (SELECT 1 FROM spans x WHERE x.trace_id = t.request_id AND {string.Join(" AND ", spans)})");
    }

    public void OrderTraces(IReadOnlyList<SearchOrder> orders)
    {
        foreach (var (entity, key, ascending) in orders)
        {
            if (key is TraceKeys.TokenUsage or TraceKeys.Cost)
                throw MlflowException.Invalid($"Ordering by reserved metadata '{key}' is not supported because it is represented by multiple columns.");
            var expression = (entity, key) switch
            {
                (SearchEntity.Attribute, "end_time_ms") => EndOfTrace,
                (SearchEntity.Attribute, _) => $"t.{key}",
                (SearchEntity.Tag, TraceKeys.Name) => "t.trace_name",
                (SearchEntity.Metadata, TraceKeys.Session) => "t.session_id",
                _ => JoinItems(entity == SearchEntity.Tag ? "trace_tags" : "trace_request_metadata", key),
            };
            Order($"{expression} IS NULL");
            Order(expression + (ascending ? "" : " DESC"));
        }

        Order("t.timestamp_ms DESC");
        Order("t.request_id");
    }

    /// <summary>Whose values are asked for: experiments, times and filters, and no value that is missing.</summary>
    public void FilterTraceMetrics(TraceMetricQuery query, string column)
    {
        RequireExperiments("t.experiment_id", query.ExperimentIds);
        var bySpan = TraceMetricRules.GoesBySpan(query);
        if (query.From is { } from)
            Require(bySpan ? $"s.start_time_unix_nano >= {Add(Nanoseconds(from))}" : $"t.timestamp_ms >= {Add(from)}");
        if (query.To is { } to)
            Require(bySpan ? $"s.start_time_unix_nano < {Add(Nanoseconds(to + 1))}" : $"t.timestamp_ms <= {Add(to)}");
        if (query.View == "ASSESSMENTS")
            Require("a.valid = TRUE");
        if (!column.StartsWith("DISTINCT", StringComparison.Ordinal))
            Require($"{column} IS NOT NULL");
        foreach (var filter in query.Filters)
        {
            var (of, what, key, value) = TraceMetricRules.ParseFilter(filter);
            if (of != "trace" && of != (query.View == "SPANS" ? "span" : query.View == "ASSESSMENTS" ? "assessment" : ""))
                throw MlflowException.Invalid($"Filtering by {of} is only supported for {(of == "span" ? "SPANS" : "ASSESSMENTS")} view type, got {query.View}");
            if (of == "trace")
                FilterTraces([new(what switch { "tag" => SearchEntity.Tag, "metadata" => SearchEntity.Metadata, _ => SearchEntity.Attribute }, key ?? what, "=", value)]);
            else
                Require($"{(of == "span" ? "s." : "a.")}{(of, what) switch { ("assessment", "type") => "assessment_type", _ => what }} = {Add(value)}");
        }

        static long Nanoseconds(long milliseconds) => Math.Clamp(milliseconds, long.MinValue / 1_000_000, long.MaxValue / 1_000_000) * 1_000_000;
    }

    private string JoinItems(string table, string key)
    {
        var alias = $"o{_joins.Count}";
        _joins.Add($" LEFT JOIN {table} {alias} ON {alias}.request_id = t.request_id AND {alias}.key = {Add(key)}");
        return $"{alias}.value";
    }

    private string OfColumn(string column, string comparator, object? value) => comparator is "IS NULL" or "IS NOT NULL" ? $"{column} {comparator}" : Compare(column, comparator, value);

    private string IsLinked(string kind, object? value) =>
        $"EXISTS (SELECT 1 FROM entity_associations x WHERE x.source_type = 'trace' AND x.source_id = t.request_id AND x.destination_type = '{kind}' AND x.destination_id = {Add(value)})";

    // An attribute's value stands in the span's JSON, as a JSON text of its own.
    private string OfSpan(string key, string comparator, object? value)
    {
        if (!key.StartsWith("attributes.", StringComparison.Ordinal))
            return Compare($"x.{key}", comparator, value);
        var name = key["attributes.".Length..].Trim('`');
        return comparator switch
        {
            "LIKE" or "ILIKE" => Compare("x.content", comparator, $"%\"{name}\"{value}%"),
            "=" or "!=" => $"{(comparator == "!=" ? "NOT " : "")}({Compare("x.content", "LIKE", $"%\"{name}\": {Quoted(value)}%")} OR {Compare("x.content", "LIKE", $"%\"{name}\": \"{value}\"%")})",
            _ => throw MlflowException.Invalid($"Attributes of spans are compared by =, !=, LIKE and ILIKE, not by {comparator}."),
        };

        static string Quoted(object? text) => PythonJson.Write(PythonJson.Write((string)text!));
    }

    /// <summary>What MLflow shows as a JSON text is in several columns here.</summary>
    private string OfParts(string[] columns, string comparator, object? value)
    {
        var some = $"({string.Join(" OR ", columns.Select(column => $"t.{column} IS NOT NULL"))})";
        if (comparator == "IS NULL")
            return $"NOT {some}";
        if (comparator == "IS NOT NULL")
            return some;
        if (comparator is not ("=" or "!="))
            throw MlflowException.Invalid($"Comparator '{comparator}' is not supported for this metadata. Only '=', '!=', 'IS NULL', and 'IS NOT NULL' are supported.");
        var same = SpanAttributes.Parse((string)value!) is JsonObject parts && parts.All(part => columns.Contains(part.Key) && part.Value?.GetValueKind() == JsonValueKind.Number)
            ? $"({string.Join(" AND ", columns.Select(column => parts[column] is { } number ? $"t.{column} = {Add(number.GetValue<double>())}" : $"t.{column} IS NULL"))})"
            : "FALSE";
        return comparator == "=" ? same : $"({some} AND NOT {same})";
    }

    private string OfAssessment(string key, string comparator, object? value)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        var owner = $"x.trace_id = t.request_id AND x.assessment_type = {Add(key[..dot])} AND x.name = {Add(key[(dot + 1)..])} AND x.valid = TRUE";
        return comparator switch
        {
            "IS NULL" => $"NOT EXISTS (SELECT 1 FROM assessments x WHERE {owner})",
            "IS NOT NULL" => $"EXISTS (SELECT 1 FROM assessments x WHERE {owner})",
            "<" or "<=" or ">" or ">=" => $"EXISTS (SELECT 1 FROM assessments x WHERE {owner} AND x.is_numeric_value = TRUE AND {Compare("x.aggregate_value", comparator, value)})",
            // A text is stored in quotes, a number or a truth value as it is.
            "=" or "!=" => $"EXISTS (SELECT 1 FROM assessments x WHERE {owner} AND {(comparator == "!=" ? "NOT " : "")}(x.value = {Add(value)} OR x.value = {Add(PythonJson.Write((string)value!))}))",
            _ => $"EXISTS (SELECT 1 FROM assessments x WHERE {owner} AND {Compare("x.value", comparator, value)})",
        };
    }
}
