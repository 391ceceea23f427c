using System.Globalization;

namespace MLflowSharp.Tests.Tables;

public sealed class RunTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MlflowClient _client;

    public RunTableTests()
    {
        _client = _folder.NewClient();
        foreach (var (name, accuracy) in ((string, double?)[])[("first, \"best\"", 0.123456789), ("second", null)])
        {
            var run = _client.CreateRun("0", runName: name).Info.RunId;
            _client.LogParam(run, "optimizer", "Adam");
            if (accuracy is { } value)
                _client.LogMetric(run, "val_accuracy", value);
            _client.SetTerminated(run);
        }
    }

    private IEnumerable<Run> Found => _client.SearchRuns(["0"], orderBy: ["attributes.run_name"]);

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Without_columns_it_has_name_parameters_and_metrics()
    {
        var table = Found.ToTable();

        Assert.Equal(["run_name", "params.optimizer", "metrics.val_accuracy"], table.Columns);
        Assert.Equal([["first, \"best\"", "Adam", 0.123456789], ["second", "Adam", null]], table.Rows);
    }

    [Fact]
    public void Its_CSV_keeps_all_digits_whatever_the_culture_and_quotes_what_must_be()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal("run_name,metrics.val_accuracy\n\"first, \"\"best\"\"\",0.123456789\nsecond,\n", Found.ToTable("run_name", "metrics.val_accuracy").ToCsv());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_misspelt_column_is_refused_with_the_one_that_was_meant()
    {
        var error = Assert.Throws<MlflowException>(() => Found.ToTable("metrics.val_acuracy"));

        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.StartsWith("None of the 2 runs has 'metrics.val_acuracy'. Most similar: metrics.val_accuracy,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_runs_make_an_empty_table() => Assert.Equal("metrics.loss\n", Array.Empty<Run>().ToTable("metrics.loss").ToCsv());

    [Fact]
    public void A_notebook_shows_it_as_table_and_as_text()
    {
        var bundle = Found.ToTable("run_name", "status", "metrics.val_accuracy").ToDisplayBundle();

        Assert.Equal("run_name       status    metrics.val_accuracy\nfirst, \"best\"  FINISHED  0.12346\nsecond         FINISHED", bundle["text/plain"]);
        Assert.Contains("<td>first, &quot;best&quot;</td><td>FINISHED</td><td>0.12346</td>", Assert.IsType<string>(bundle["text/html"]), StringComparison.Ordinal);
    }
}
