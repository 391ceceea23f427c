namespace MLflowSharp.Server.Tests.LightPages.Runs;

public sealed class RunsPageTests : IAsyncLifetime
{
    private readonly PagesUnderTest _pages = new();
    private string _experiment = "";

    public async ValueTask InitializeAsync()
    {
        _experiment = await _pages.ExperimentAsync("digits");
        await _pages.RunAsync(_experiment, "good", 0.125, new("optimizer", "Adam"), new("layers", "2"));
        await _pages.RunAsync(_experiment, "bad", 0.75, new("optimizer", "SGD"), new("layers", "2"));
    }

    public ValueTask DisposeAsync()
    {
        _pages.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_usual_columns_are_metrics_and_parameters_that_differ()
    {
        var text = await TextAsync("");

        Assert.All((string[])["good", "bad", "0.125", "0.875", "Adam", "SGD", "1 min 30 s", "Finished"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.DoesNotContain(">layers<", text.Split("<tbody>")[0].Split("<thead>")[1], StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\"><a href=\"runs?experiment=1&amp;order=params.%60optimizer%60%20DESC\">optimizer</a></th>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_in_MLflows_language_chooses_runs()
    {
        var text = await TextAsync("&filter=" + Uri.EscapeDataString("metrics.loss < 0.5 and params.optimizer = 'Adam'"));

        Assert.Contains(">good</a>", text, StringComparison.Ordinal);
        Assert.DoesNotContain(">bad</a>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_is_wrong_is_told_beside_it_and_stays_to_be_mended()
    {
        var answer = await _pages.GetAsync($"runs?experiment={_experiment}&filter={Uri.EscapeDataString("metrics.loss << 1")}");

        Assert.Equal(400, answer.Status);
        Assert.Contains("aria-describedby=\"filter-error\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\" id=\"filter-error\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"metrics.loss &lt;&lt; 1\"", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metrics.`loss` DESC", "bad", "descending")]
    [InlineData("metrics.`loss` ASC", "good", "ascending")]
    [InlineData("attributes.run_name DESC", "good", "descending")]
    [InlineData("params.`optimizer` ASC", "good", "ascending")]
    public async Task A_heading_orders_the_table(string order, string first, string direction)
    {
        var text = await TextAsync("&order=" + Uri.EscapeDataString(order));

        var (good, bad) = (text.IndexOf(">good</a>", StringComparison.Ordinal), text.IndexOf(">bad</a>", StringComparison.Ordinal));
        Assert.Equal(first == "good", good < bad);
        Assert.Contains($"aria-sort=\"{direction}\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_can_be_chosen()
    {
        var heading = (await TextAsync("&column=params.layers&column=tags.nothing")).Split("</thead>")[0].Split("<thead>")[1];

        Assert.Contains(">layers</a>", heading, StringComparison.Ordinal);
        Assert.Contains(">nothing</a>", heading, StringComparison.Ordinal);
        Assert.DoesNotContain(">loss</a>", heading, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_hundred_runs_have_pages()
    {
        for (var i = 0; i < 100; i++)
            await _pages.Store.CreateRunAsync(_experiment, "a", DateTimeOffset.UnixEpoch, null, $"more{i}", PagesUnderTest.Cancellation);

        var first = await TextAsync("");
        var next = System.Net.WebUtility.HtmlDecode(first[..first.IndexOf("Next page", StringComparison.Ordinal)].Split("href=\"")[^1].Split('"')[0]);
        var second = (await _pages.GetAsync(next)).Text;

        Assert.Equal((100, 2), (Rows(first), Rows(second)));
        Assert.Contains("First page", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Next page", second, StringComparison.Ordinal);

        static int Rows(string text) => text.Split("name=\"run\"").Length - 1;
    }

    [Fact]
    public async Task A_page_of_runs_that_log_renews_itself_and_any_other_does_not()
    {
        Assert.DoesNotContain("data-live=", await TextAsync(""), StringComparison.Ordinal);

        var run = await _pages.Store.CreateRunAsync(_experiment, "a", DateTimeOffset.UnixEpoch, null, "now", PagesUnderTest.Cancellation);

        Assert.Contains("data-live=\"3\"", await TextAsync(""), StringComparison.Ordinal);
        Assert.Contains("data-live=\"3\"", (await _pages.GetAsync($"run?id={run.Info.RunId}")).Text, StringComparison.Ordinal);
    }

    private async Task<string> TextAsync(string more) => (await _pages.GetAsync($"runs?experiment={_experiment}{more}")).Text;
}
