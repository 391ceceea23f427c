using MLflowSharp.Validation;

namespace MLflowSharp.Tests.Validation;

public sealed class EntityValidatorTests
{
    private readonly List<string> _warnings = [];
    private readonly EntityValidator _validator;

    public EntityValidatorTests() => _validator = new(_warnings.Add);

    [Fact]
    public void A_long_parameter_is_truncated_with_a_warning()
    {
        Assert.Equal(6000, _validator.CheckParam(new("a", new string('x', 6001))).Value.Length);
        Assert.Contains("(6001 characters) is truncated to 6000 characters", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_tag_is_truncated_with_a_warning()
    {
        Assert.Equal(8000, _validator.CheckTag(new("a", new string('x', 8001))).Value.Length);
        Assert.Single(_warnings);
    }

    [Fact]
    public void A_value_at_its_limit_is_kept_without_a_warning()
    {
        Assert.Equal(6000, _validator.CheckParam(new("a", new string('x', 6000))).Value.Length);
        Assert.Equal(8000, _validator.CheckTag(new("a", new string('x', 8000))).Value.Length);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Lengths_count_characters_as_Python_does_and_truncation_splits_none()
    {
        var emoji = string.Concat(Enumerable.Repeat("😀", 6001));
        _validator.CheckParam(new("a", emoji[2..]));
        Assert.Empty(_warnings);
        Assert.Equal(emoji[..12000], _validator.CheckParam(new("a", emoji)).Value);
    }

    [Fact]
    public void A_negative_time_is_refused() =>
        Assert.Contains(
            "Timestamp must be a nonnegative long",
            Assert.Throws<MlflowException>(() => EntityValidator.CheckMetric(new("loss", 1, -1))).Message, StringComparison.Ordinal);

    [Fact]
    public void An_error_in_a_batch_names_its_place()
    {
        var error = Assert.Throws<MlflowException>(() => _validator.CheckBatch([new("ok", 1, 0), new("a,b", 1, 0)], [], []));
        Assert.Contains("for parameter 'metrics[1].name'", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<MlflowException>(() => _validator.CheckBatch([], [new("ok", ""), new("a,b", "")], []));
        Assert.Contains("for parameter 'params[1].key'", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<MlflowException>(() => _validator.CheckBatch([], [], [new("ok", ""), new("a,b", "")]));
        Assert.Contains("for parameter 'tags[1].key'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_given_twice_is_refused() =>
        Assert.StartsWith(
            "Duplicate parameter keys have been submitted: ['a'].",
            Assert.Throws<MlflowException>(() => _validator.CheckBatch([], [new("a", "1"), new("b", "1"), new("a", "1")], [])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1000, 0, 0, true)]
    [InlineData(1001, 0, 0, false)]
    [InlineData(0, 100, 0, true)]
    [InlineData(0, 101, 0, false)]
    [InlineData(0, 0, 100, true)]
    [InlineData(0, 0, 101, false)]
    [InlineData(800, 100, 100, true)]
    [InlineData(801, 100, 100, false)]
    public void A_request_holds_so_many_entities(int metrics, int parameters, int tags, bool accepted)
    {
        void Check() => EntityValidator.CheckBatchLimits(metrics, parameters, tags);
        if (accepted)
            Check();
        else
            Assert.Contains("can contain at most", Assert.Throws<MlflowException>(Check).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a b")]
    [InlineData(null)]
    public void What_cannot_be_a_run_s_identifier_is_refused(string? runId) =>
        Assert.Contains("for parameter 'run_id' supplied", Assert.Throws<MlflowException>(() => EntityValidator.CheckRunId(runId)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "1", "local", "{}", "Missing value for required parameter 'name'")]
    [InlineData("d", "", "local", "{}", "Missing value for required parameter 'digest'")]
    [InlineData("d", "1", "", "{}", "Missing value for required parameter 'source_type'")]
    [InlineData("d", "1", "local", "", "Missing value for required parameter 'source'")]
    public void A_dataset_from_CSharp_must_say_what_it_is_though_a_store_takes_it(string name, string digest, string sourceType, string source, string message)
    {
        var input = new DatasetInput(new(name, digest, sourceType, source), []);
        EntityValidator.CheckDatasetInput(input);
        Assert.StartsWith(message, Assert.Throws<MlflowException>(() => EntityValidator.RequireDataset(input)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_digest_of_a_dataset_has_at_most_36_characters() =>
        Assert.StartsWith(
            "'digest' exceeds the maximum length of 36",
            Assert.Throws<MlflowException>(() => EntityValidator.CheckDatasetInput(new(new("d", new('0', 37), "local", "{}"), []))).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_parameters_that_were_logged_otherwise_all_are_named()
    {
        (Param, string?)[] changed = [(new("lr", "0.2"), "0.1"), (new("it's", "x"), "y")];
        Assert.StartsWith(
            "Changing param values is not allowed. Params were already logged='[{'key': 'lr', 'old_value': '0.1', 'new_value': '0.2'}, {'key': \"it's\", 'old_value': 'y', 'new_value': 'x'}]' for run ID='r'. ",
            EntityValidator.ParamsChanged("r", changed, isBatch: true).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Changing param values is not allowed. Param with key='lr' was already logged with value='0.1' for run ID='r'. Attempted logging new value '0.2'. ",
            EntityValidator.ParamsChanged("r", changed[..1], isBatch: false).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(50001)]
    public void A_page_has_one_to_50000_results(int maxResults) =>
        Assert.StartsWith(
            $"Invalid value {maxResults} for parameter 'max_results' supplied.",
            Assert.Throws<MlflowException>(() => EntityValidator.CheckMaxResults(maxResults)).Message, StringComparison.Ordinal);
}
