using MLflowSharp.Search;

namespace MLflowSharp.Stores.Sql;

/// <summary>Turns clauses into SQL. Names are checked by the parser or passed as parameters; values are always parameters.</summary>
internal sealed partial class SqlSearch(SqlDialect dialect)
{
    private const string OfRun = "x.run_uuid = r.run_uuid";

    private readonly List<object?> _values = [];
    private readonly List<string> _joins = [];
    private readonly List<string> _orders = [];
    private readonly List<string> _conditions = [];

    public IReadOnlyList<object?> Values => _values;

    public string Joins => string.Concat(_joins);

    public string Where => string.Join(" AND ", _conditions);

    public string OrderBy => string.Join(", ", _orders);

    public string Add(object? value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }

    public void Require(string condition) => _conditions.Add(condition);

    public void Order(string expression) => _orders.Add(expression);

    public void FilterRuns(SearchClause clause)
    {
        var (entity, key, comparator, value) = clause;
        Require((entity, key) switch
        {
            // Runs of MLflow before 1.30 have their name only as a tag.
            (SearchEntity.Attribute, "run_name") => Exists("tags", "mlflow.runName", Compare("x.value", comparator, value)),
            (SearchEntity.Attribute, "run_id") => Compare("r.run_uuid", comparator, value),
            (SearchEntity.Attribute, _) => Compare($"r.{key}", comparator, value),
            // NaN is stored as 0 with is_nan set: it is unequal to everything and neither smaller nor larger.
            (SearchEntity.Metric, _) => Exists("latest_metrics", key, comparator == "!="
                ? $"({Compare("x.value", comparator, value)} OR x.is_nan = TRUE)"
                : $"{Compare("x.value", comparator, value)} AND x.is_nan = FALSE"),
            (SearchEntity.Dataset, "context") =>
                "EXISTS (SELECT 1 FROM inputs i JOIN input_tags t ON t.input_uuid = i.input_uuid AND t.name = 'mlflow.data.context' "
                + $"WHERE i.source_type = 'DATASET' AND i.destination_id = r.run_uuid AND {Compare("t.value", comparator, value)})",
            (SearchEntity.Dataset, _) =>
                "EXISTS (SELECT 1 FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id "
                + $"WHERE i.source_type = 'DATASET' AND i.destination_id = r.run_uuid AND {Compare($"d.{key}", comparator, value)})",
            (SearchEntity.Parameter, _) => Exists("params", key, comparator, value),
            _ => Exists("tags", key, comparator, value),
        });
    }

    public void OrderRuns(IReadOnlyList<SearchOrder> orders)
    {
        foreach (var (entity, key, ascending) in orders)
        {
            var expression = $"r.{RunColumn(key)}";
            var rank = $"{expression} IS NULL";
            if (entity != SearchEntity.Attribute)
            {
                var table = entity switch { SearchEntity.Metric => "latest_metrics", SearchEntity.Parameter => "params", _ => "tags" };
                var alias = $"o{_joins.Count}";
                _joins.Add($" LEFT JOIN {table} {alias} ON {alias}.run_uuid = r.run_uuid AND {alias}.key = {Add(key)}");
                expression = $"{alias}.value";
                rank = entity == SearchEntity.Metric
                    ? $"CASE WHEN {alias}.is_nan = TRUE THEN 1 WHEN {expression} IS NULL THEN 2 ELSE 0 END"
                    : $"{expression} IS NULL";
            }

            Order(rank);
            Order(expression + (ascending ? "" : " DESC"));
        }

        if (!orders.Any(order => order is { Entity: SearchEntity.Attribute, Key: "start_time" }))
            Order("r.start_time DESC");
        Order("r.run_uuid");
    }

    public void FilterExperiments(SearchClause clause) => Require(clause.Entity == SearchEntity.Tag
        ? Exists("experiment_tags", clause.Key, clause.Comparator, clause.Value, "x.experiment_id = e.experiment_id")
        // Identities are compared as text, so that lists of them are, too.
        : Compare(clause.Key == "experiment_id" ? "CAST(e.experiment_id AS TEXT)" : $"e.{clause.Key}", clause.Comparator, clause.Value));

    private static string RunColumn(string key) => key switch { "run_id" => "run_uuid", "run_name" => "name", _ => key };

    private string Exists(string table, string key, string comparator, object? value, string owner = OfRun) => comparator switch
    {
        "IS NULL" => $"NOT {Exists(table, key, "TRUE", owner)}",
        "IS NOT NULL" => Exists(table, key, "TRUE", owner),
        _ => Exists(table, key, Compare("x.value", comparator, value), owner),
    };

    private string Exists(string table, string key, string condition, string owner = OfRun) =>
        $"EXISTS (SELECT 1 FROM {table} x WHERE {owner} AND x.key = {Add(key)} AND {condition})";

    private string Compare(string column, string comparator, object? value) => comparator switch
    {
        "LIKE" => dialect.Like(column, Add(value)),
        "ILIKE" => dialect.ILike(column, Add(value)),
        "RLIKE" => dialect.Matches(column, Add(value)),
        "IN" or "NOT IN" when value is List<string> { Count: 0 } => comparator == "IN" ? "FALSE" : "TRUE",
        "IN" or "NOT IN" => $"{column} {comparator} ({string.Join(", ", ((List<string>)value!).Select(Add))})",
        _ => $"{column} {comparator} {Add(value)}",
    };
}
