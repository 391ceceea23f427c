using MLflowSharp.Search;

namespace MLflowSharp.Tests.Search;

public sealed class SearchParserTests
{
    private readonly SearchParser _parser = new(SearchSchema.Runs);

    [Theory]
    [InlineData("metrics.accuracy > 0.9", "Metric accuracy > 0.9")]
    [InlineData("metric.loss<=1e-3", "Metric loss <= 0.001")]
    [InlineData("params.\"a.b\" = 'x'", "Parameter a.b = x")]
    [InlineData("parameter.x like '%a%'", "Parameter x LIKE %a%")]
    [InlineData("tags.`my tag` ILIKE \"A%\"", "Tag my tag ILIKE A%")]
    [InlineData("tag.mlflow.user != 'me'", "Tag mlflow.user != me")]
    [InlineData("status = 'FINISHED'", "Attribute status = FINISHED")]
    [InlineData("attributes.start_time >= 5", "Attribute start_time >= 5")]
    [InlineData("attr.`Run name` = 'a'", "Attribute run_name = a")]
    [InlineData("run_id not in ('a', 'b')", "Attribute run_id NOT IN a|b")]
    [InlineData("datasets.context = 'train'", "Dataset context = train")]
    [InlineData("params.x is not null", "Parameter x IS NOT NULL ")]
    [InlineData("tags.x IS NULL", "Tag x IS NULL ")]
    public void One_comparison_is_read(string filter, string expected)
    {
        var clause = Assert.Single(_parser.ParseFilter(filter));
        var value = clause.Value is List<string> list ? string.Join('|', list) : FormattableString.Invariant($"{clause.Value}");
        Assert.Equal(expected, $"{clause.Entity} {clause.Key} {clause.Comparator} {value}");
    }

    [Fact]
    public void Comparisons_are_joined_by_AND_in_any_case() =>
        Assert.Equal(["a", "b", "c"], _parser.ParseFilter("params.a = '1' and params.b = '2' AND params.c = 'x and y' AND").Select(clause => clause.Key));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void No_filter_asks_for_everything(string? filter) => Assert.Empty(_parser.ParseFilter(filter));

    [Theory]
    [InlineData("metrics.accuracy > '0.9'", "Expected numeric value type for metric. Found '0.9'")]
    [InlineData("params.x = 3", "Expected a quoted string value for parameter")]
    [InlineData("params.x = adam", "is either not quoted or has unidentified quotes: adam")]
    [InlineData("params.x > '3'", "Invalid comparator '>' not one of")]
    [InlineData("metric.x = 1 OR metric.y = 2", "Invalid clause(s) in filter string")]
    [InlineData("metrics.x", "Invalid clause(s) in filter string")]
    [InlineData("models.x = 'a'", "Invalid entity type 'models'. Valid values are ['metric', 'metrics'")]
    [InlineData("accuracy > 0.9", "Invalid attribute key 'accuracy' specified. Valid keys are 'run_id'")]
    [InlineData("dataset.size = '3'", "Invalid dataset key 'size' specified.")]
    [InlineData("status IN ('a')", "attributes support comparison with a list")]
    [InlineData("run_id IN ()", "Expected a list of quoted string values")]
    [InlineData("run_id IN (1)", "Expected a list of quoted string values")]
    [InlineData("'a' = params.x", "Invalid comparison clause. Expected 'Identifier' found ''a''")]
    public void What_is_wrong_is_said(string filter, string message)
    {
        var error = Assert.Throws<MlflowException>(() => _parser.ParseFilter(filter));
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_to_sort_by_are_read() =>
        Assert.Equal(
            [new(SearchEntity.Metric, "val acc", Ascending: false), new(SearchEntity.Attribute, "start_time", Ascending: true), new SearchOrder(SearchEntity.Tag, "x", Ascending: true)],
            _parser.ParseOrderBy(["metrics.`val acc` DESC", "attributes.Created asc", "tag.x"]));

    [Theory]
    [InlineData("metrics.a DOWN", "Use ASC or DESC")]
    [InlineData("metrics.a, metrics.b", "Write one key per item")]
    [InlineData("", "Write one key per item")]
    [InlineData("dataset.name", "runs cannot be sorted by a dataset")]
    [InlineData("accuracy", "Invalid attribute key 'accuracy'")]
    public void A_wrong_key_to_sort_by_is_refused(string key, string message) =>
        Assert.Contains(message, Assert.Throws<MlflowException>(() => _parser.ParseOrderBy([key])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_key_to_sort_by_is_named_once() =>
        Assert.Contains("duplicate fields", Assert.Throws<MlflowException>(() => _parser.ParseOrderBy(["metrics.a", "metric.a DESC"])).Message, StringComparison.Ordinal);
}
