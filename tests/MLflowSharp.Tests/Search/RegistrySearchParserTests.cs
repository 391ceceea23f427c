using MLflowSharp.Search;

namespace MLflowSharp.Tests.Search;

public sealed class RegistrySearchParserTests
{
    private readonly SearchParser _models = new(SearchSchema.RegisteredModels);
    private readonly SearchParser _versions = new(SearchSchema.ModelVersions);
    private readonly SearchParser _logged = new(SearchSchema.LoggedModels);

    [Theory]
    [InlineData("name = 'mnist'", "Attribute name = mnist")]
    [InlineData("attribute.name ilike 'M%'", "Attribute name ILIKE M%")]
    [InlineData("name NOT IN ('a', \"b\")", "Attribute name NOT IN a|b")]
    [InlineData("name IN ('it\\'s', 'a''b',)", "Attribute name IN it's|ab")]
    [InlineData("tags.`my tag` != 'x'", "Tag my tag != x")]
    public void A_filter_of_registered_models_is_read(string filter, string expected) => AssertReads(expected, _models.ParseFilter(filter));

    [Theory]
    [InlineData("version_number >= 2", "Attribute version_number >= 2")]
    [InlineData("version_number = '2'", "Attribute version_number = 2")]
    [InlineData("run_id IN ('a')", "Attribute run_id IN a")]
    [InlineData("source_path LIKE 's3://%'", "Attribute source_path LIKE s3://%")]
    [InlineData("tag.k.b = 'x'", "Tag k.b = x")]
    public void A_filter_of_versions_is_read(string filter, string expected) => AssertReads(expected, _versions.ParseFilter(filter));

    [Theory]
    [InlineData("name = mnist", "Attribute name = mnist")]
    [InlineData("name = \"mnist\"", "Attribute name = \"mnist\"")]
    [InlineData("params.lr = 0.01", "Parameter lr = 0.01")]
    [InlineData("params.`a.b` LIKE '%x'", "Parameter a.b LIKE %x")]
    [InlineData("creation_time > 1e3", "Attribute creation_timestamp_ms > 1000")]
    [InlineData("attributes.creation_timestamp_ms > 5", "Attribute creation_timestamp_ms > 5")]
    [InlineData("metrics.acc < inf", "Metric acc < Infinity")]
    [InlineData("attributes.model_id IN ('m-1')", "Attribute model_id IN m-1")]
    [InlineData("tags.stage NOT IN ()", "Tag stage NOT IN ")]
    [InlineData("params.lr IN (1, 2)", "Parameter lr IN 1|2")]
    public void A_filter_of_logged_models_is_read(string filter, string expected) => AssertReads(expected, _logged.ParseFilter(filter));

    [Theory]
    [InlineData("name > 'm'", "Invalid comparator '>'")]
    [InlineData("`name` = 'm'", "Invalid attribute key '`name`'")]
    [InlineData("attributes.name = 'm'", "Invalid entity type 'attributes'")]
    [InlineData("aliases.champion = '2'", "Invalid entity type 'aliases'")]
    [InlineData("name = mnist", "not quoted")]
    [InlineData("tags.task IS NULL", "IS NULL cannot be asked")]
    [InlineData("name IN ()", "list of quoted string values")]
    [InlineData("name IN ('a' 1)", "list of quoted string values")]
    [InlineData("name IN (name)", "list of quoted string values")]
    [InlineData("name = 'a' OR name = 'b'", "Invalid clause(s)")]
    [InlineData("name = 'a'; DROP TABLE registered_models", "Invalid clause(s)")]
    [InlineData("name = 'a' -- AND", "Invalid clause(s)")]
    public void A_wrong_filter_of_registered_models_is_refused(string filter, string message) => AssertRefuses(() => _models.ParseFilter(filter), message);

    [Theory]
    [InlineData("version = 2", "Invalid attribute key 'version'")]
    [InlineData("version_number = 2.5", "Give a whole number")]
    [InlineData("version_number = 'two'", "Give a whole number")]
    [InlineData("version_number = 99999999999999999999", "Give a whole number")]
    [InlineData("version_number IN ('1')", "comparison with a list")]
    [InlineData("source_path IN ('x')", "comparison with a list")]
    [InlineData("current_stage = 'None'", "Invalid attribute key 'current_stage'")]
    public void A_wrong_filter_of_versions_is_refused(string filter, string message) => AssertRefuses(() => _versions.ParseFilter(filter), message);

    [Theory]
    [InlineData("bogus = 'x'", "Invalid attribute key 'bogus'")]
    [InlineData("param.lr = '1'", "Invalid entity type 'param'")]
    [InlineData("attributes.creation_timestamp > 5", "Invalid attribute key 'creation_timestamp'")]
    [InlineData("metrics.acc > '1'", "Expected numeric value")]
    [InlineData("metrics.acc LIKE 1", "Invalid comparator 'LIKE'")]
    [InlineData("name < 'x'", "Invalid comparator '<'")]
    [InlineData("name = ('x')", "IN and NOT IN only")]
    [InlineData("tags.stage IS NULL", "IS NULL cannot be asked")]
    [InlineData("params.lr IN (1)", "list of quoted string values")]
    public void A_wrong_filter_of_logged_models_is_refused(string filter, string message) => AssertRefuses(() => _logged.ParseFilter(filter), message);

    [Fact]
    public void Registered_models_are_sorted_by_name_or_time_of_change()
    {
        Assert.Equal([new(SearchEntity.Attribute, "last_updated_timestamp", Ascending: false), new SearchOrder(SearchEntity.Attribute, "name", Ascending: true)], _models.ParseOrderBy(["timestamp DESC", "`name` ASC"]));
        AssertRefuses(() => _models.ParseOrderBy(["creation_timestamp"]), "Invalid attribute key 'creation_timestamp'");
        AssertRefuses(() => _models.ParseOrderBy(["timestamp", "last_updated_timestamp"]), "duplicate fields");
    }

    [Fact]
    public void Versions_are_sorted_by_number_name_or_times()
    {
        Assert.Equal([new SearchOrder(SearchEntity.Attribute, "version_number", Ascending: false)], _versions.ParseOrderBy(["attribute.version_number desc"]));
        AssertRefuses(() => _versions.ParseOrderBy(["tags.val"]), "cannot be sorted by a tag");
        AssertRefuses(() => _versions.ParseOrderBy(["version"]), "Invalid attribute key 'version'");
    }

    [Fact]
    public void Logged_models_are_sorted_by_attributes_and_metrics_of_a_dataset()
    {
        Assert.Equal(
            [new(SearchEntity.Attribute, "creation_timestamp_ms", Ascending: false), new SearchOrder(SearchEntity.Metric, "val.acc", Ascending: true) { DatasetName = "test" }],
            _logged.ParseOrderBy([new LoggedModelOrderBy("creation_time", Ascending: false), new LoggedModelOrderBy("metrics.val.acc") { DatasetName = "test" }]));
        AssertRefuses(() => _logged.ParseOrderBy([new LoggedModelOrderBy("params.lr")]), "only metrics are supported");
        AssertRefuses(() => _logged.ParseOrderBy([new LoggedModelOrderBy("bogus")]), "Invalid attribute key 'bogus'");
    }

    [Theory]
    [InlineData("", true, 0)]
    [InlineData("name = 'a'", true, 1)]
    [InlineData("tags.`mlflow.prompt.is_prompt` = 'true'", false, 1)]
    [InlineData("tags.`mlflow.prompt.is_prompt` != 'False'", false, 1)]
    [InlineData("tags.`mlflow.prompt.is_prompt` = 'false' AND name = 'a'", true, 1)]
    [InlineData("tags.`mlflow.prompt.is_prompt` = 'false' AND tags.`mlflow.prompt.is_prompt` = 'true'", true, 0)]
    public void Prompts_are_hidden_unless_asked_for(string filter, bool hidden, int tests)
    {
        var (hidePrompts, others) = SearchSchema.WithoutPrompts(_models.ParseFilter(filter));
        Assert.Equal((hidden, tests), (hidePrompts, others.Count));
    }

    private static void AssertReads(string expected, IReadOnlyList<SearchClause> clauses)
    {
        var clause = Assert.Single(clauses);
        var value = clause.Value is List<string> list ? string.Join('|', list) : FormattableString.Invariant($"{clause.Value}");
        Assert.Equal(expected, $"{clause.Entity} {clause.Key} {clause.Comparator} {value}");
    }

    private static void AssertRefuses(Action parse, string message)
    {
        var error = Assert.Throws<MlflowException>(parse);
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
