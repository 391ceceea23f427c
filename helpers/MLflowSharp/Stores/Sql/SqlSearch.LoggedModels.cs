using MLflowSharp.Search;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlSearch
{
    /// <summary>Requires a column to be one of some experiments.</summary>
    public void RequireExperiments(string column, IReadOnlyList<string> experimentIds) => Require(experimentIds.Count == 0
        ? "FALSE"
        : $"{column} IN ({string.Join(", ", experimentIds.Select(id => Add(SqlText.ToExperimentNumber(id))))})");

    public void FilterLoggedModels(LoggedModelSearch search)
    {
        var datasets = search.Datasets;
        Require("l.lifecycle_stage = 'active'");
        foreach (var (entity, key, comparator, value) in search.Clauses)
        {
            Require(entity switch
            {
                // Compared with NaN nothing is true: MLflow compares in SQL, where it is NULL.
                SearchEntity.Metric when value is double.NaN => "FALSE",
                SearchEntity.Metric => OfMetric($"x.metric_name = {Add(key)} AND {Compare("x.metric_value", comparator, value)}", datasets),
                SearchEntity.Parameter => $"EXISTS (SELECT 1 FROM logged_model_params x WHERE x.model_id = l.model_id AND x.param_key = {Add(key)} AND {Compare("x.param_value", comparator, value)})",
                SearchEntity.Tag => $"EXISTS (SELECT 1 FROM logged_model_tags x WHERE x.model_id = l.model_id AND x.tag_key = {Add(key)} AND {Compare("x.tag_value", comparator, value)})",
                _ when value is double.NaN => "FALSE",
                // Whole numbers that are compared with texts.
                _ => Compare(key is "status" or "experiment_id" ? $"CAST(l.{key} AS TEXT)" : $"l.{key}", comparator, value),
            });
        }

        if (search.OnlyMeasured)
            Require(OfMetric("TRUE", datasets));
    }

    public void OrderLoggedModels(IReadOnlyList<SearchOrder> orders)
    {
        foreach (var order in orders)
        {
            var expression = $"l.{order.Key}";
            if (order.Entity == SearchEntity.Metric)
            {
                var alias = $"o{_joins.Count}";
                var name = Add(order.Key);
                var dataset = order.DatasetName is { Length: > 0 } datasetName ? $" AND dataset_name = {Add(datasetName)}" : "";
                var digest = order.DatasetDigest is { Length: > 0 } datasetDigest ? $" AND dataset_digest = {Add(datasetDigest)}" : "";
                // The last value of each model.
                _joins.Add(
                    " LEFT JOIN (SELECT model_id, metric_value, row_number() OVER (PARTITION BY model_id ORDER BY metric_timestamp_ms DESC, metric_step DESC, run_id) AS place "
                    + $"FROM logged_model_metrics WHERE metric_name = {name}{dataset}{digest}) {alias} ON {alias}.model_id = l.model_id AND {alias}.place = 1");
                expression = $"{alias}.metric_value";
            }

            Order($"{expression} IS NULL");
            Order(expression + (order.Ascending ? "" : " DESC"));
        }
    }

    private string OfMetric(string condition, IReadOnlyList<LoggedModelDatasetFilter> datasets)
    {
        var measuredOn = datasets.Select(dataset => dataset.DatasetDigest is null
            ? $"x.dataset_name = {Add(dataset.DatasetName)}"
            : $"(x.dataset_name = {Add(dataset.DatasetName)} AND x.dataset_digest = {Add(dataset.DatasetDigest)})").ToList();
        return $"EXISTS (SELECT 1 FROM logged_model_metrics x WHERE x.model_id = l.model_id AND {condition}"
            + (measuredOn.Count == 0 ? ")" : $" AND ({string.Join(" OR ", measuredOn)}))");
    }
}
