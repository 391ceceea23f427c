using MLflowSharp.Search;

namespace MLflowSharp.Traces;

/// <summary>Which questions about many traces make sense (the names are those of MLflow 3.17).</summary>
internal static class TraceMetricRules
{
    private static readonly string[] Measures = ["AVG", "MAX", "MIN", "PERCENTILE"];
    private static readonly string[] Sums = ["AVG", "MAX", "MIN", "PERCENTILE", "SUM"];
    private static readonly string[] ModelDimensions = ["span_model_name", "span_model_provider"];

    /// <summary>What can be asked of a view: the metric's name, the column behind it, the aggregations and the dimensions.</summary>
    private static readonly Dictionary<string, (string Metric, string Column, string[] Aggregations, string[] Dimensions)[]> Views = new(StringComparer.Ordinal)
    {
        ["TRACES"] =
        [
            ("trace_count", "t.request_id", ["COUNT"], ["trace_name", "trace_status"]), ("session_count", "DISTINCT t.session_id", ["COUNT"], []),
            ("latency", "t.execution_time_ms", Measures, ["trace_name"]),
            .. TraceKeys.TokenColumns[..5].Select(column => (column, $"t.{column}", Sums, (string[])["trace_name"])),
        ],
        ["SPANS"] =
        [
            ("span_count", "s.span_id", ["COUNT"], ["span_model_name", "span_model_provider", "span_name", "span_status", "span_type"]),
            ("latency", "((s.end_time_unix_nano - s.start_time_unix_nano) / 1000000)", Measures, ["span_name", "span_status"]),
            .. TraceKeys.CostColumns.Select(column => (column, $"s.{column}", Sums, ModelDimensions)),
        ],
        ["ASSESSMENTS"] =
        [
            ("assessment_count", "a.assessment_id", ["COUNT"], ["assessment_name", "assessment_value"]), ("assessment_value", "a.aggregate_value", Measures, ["assessment_name"]),
        ],
    };

    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["trace_name"] = "t.trace_name", ["trace_status"] = "t.status", ["span_name"] = "s.name", ["span_type"] = "s.type", ["span_status"] = "s.status",
        ["span_model_name"] = "s.model_name", ["span_model_provider"] = "s.model_provider", ["assessment_name"] = "a.name", ["assessment_value"] = "a.value",
    };

    /// <summary>The views there are.</summary>
    public static bool IsView(string view) => Views.ContainsKey(view);

    /// <summary>Whether a metric of spans is told apart by when the spans began, and not by when their trace did.</summary>
    public static bool GoesBySpan(TraceMetricQuery query) => query.View == "SPANS" && TraceKeys.CostColumns.Contains(query.Metric);

    /// <summary>The column of a dimension.</summary>
    public static string ColumnOf(string dimension) => Columns[dimension];

    /// <summary>Refuses what cannot be asked, and gives the column of what is.</summary>
    public static string Check(TraceMetricQuery query)
    {
        var view = Views[query.View];
        if (Array.Find(view, metric => metric.Metric == query.Metric) is not { Column: { } column } metric)
            throw MlflowException.Invalid($"metric_name must be one of {List(view.Select(metric => metric.Metric))}, got '{query.Metric}'");
        if (query.Aggregations.Count == 0)
            throw new MlflowException("Query contains no columns with which to SELECT from. Name at least one aggregation.", ErrorCode.BadRequest);
        var kinds = query.Aggregations.Select(aggregation => aggregation.Kind).Except(metric.Aggregations).Order(StringComparer.Ordinal).ToList();
        if (kinds.Count > 0)
            throw MlflowException.Invalid($"Found invalid aggregation_type(s): {List(kinds)}. Supported aggregation types: {List(metric.Aggregations)}");
        if (query.Aggregations.Any(aggregation => aggregation.Kind == "PERCENTILE" && aggregation.Percentile is not (>= 0 and <= 100)))
            throw MlflowException.Invalid("A PERCENTILE needs a percentile_value from 0 to 100.");
        var dimensions = query.Dimensions.Except(metric.Dimensions).Order(StringComparer.Ordinal).ToList();
        if (dimensions.Count > 0)
            throw MlflowException.Invalid($"Found invalid dimension(s): {List(dimensions)}. Supported dimensions: {List(metric.Dimensions)}");
        if (query.IntervalSeconds is not null && (query.From is null || query.To is null))
            throw MlflowException.Invalid("start_time_ms and end_time_ms are required if time_interval_seconds is set");
        if (query.IntervalSeconds is <= 0 or > 1_000_000_000)
            throw MlflowException.Invalid($"time_interval_seconds must be from 1 to 1000000000, got {query.IntervalSeconds}.");
        return column;
    }

    /// <summary>Reads a filter: <c>trace.status</c>, <c>trace.tag.KEY</c>, <c>trace.metadata.KEY</c>, <c>span.name</c>, <c>assessment.name</c> and the like, equal to a text.</summary>
    public static (string Of, string What, string? Key, string Value) ParseFilter(string filter)
    {
        var tokens = SearchLexer.Tokenize(filter);
        if (tokens.Count != 3)
            throw MlflowException.Invalid($"Invalid clause(s) in filter string: {filter}. Write one comparison, for instance trace.status = 'OK'.");
        var parts = tokens[0].Text.Split('.', 3);
        if (parts.Length < 2)
            throw MlflowException.Invalid($"Invalid identifier '{tokens[0].Text}'. Columns should be specified as 'trace.<key>', 'span.<key>', 'assessment.<key>'.");
        if (tokens[1].Text != "=")
            throw MlflowException.Invalid($"Invalid comparator: '{tokens[1].Text}', only '=' operator is supported");
        if (tokens[2].Kind != TokenKind.Quoted)
            throw MlflowException.Invalid($"Expected a quoted string value for {parts[1]} value (e.g. 'my-value'). Got value {tokens[2].Text}");
        var (of, what, key) = (parts[0].Trim('`'), parts[1], parts.Length == 3 ? parts[2].Trim('`', '"', '\'') : null);
        var isKnown = (of, what, key) is ("trace", "status", null) or ("trace", "tag" or "metadata", not null) or ("span", "name" or "status" or "type", null) or ("assessment", "name" or "type", null);
        return isKnown
            ? (of, what, key, tokens[2].Text[1..^1])
            : throw MlflowException.Invalid($"Invalid entity '{tokens[0].Text}' specified. Use trace.status, trace.tag.<key>, trace.metadata.<key>, span.name, span.status, span.type, assessment.name or assessment.type.");
    }

    private static string List(IEnumerable<string> names) => $"[{string.Join(", ", names.Select(name => $"'{name}'"))}]";
}
