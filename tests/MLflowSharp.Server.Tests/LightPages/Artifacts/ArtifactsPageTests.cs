namespace MLflowSharp.Server.Tests.LightPages.Artifacts;

public sealed class ArtifactsPageTests : IAsyncLifetime
{
    private readonly PagesUnderTest _pages = new();
    private string _run = "";

    public async ValueTask InitializeAsync() => _run = await _pages.RunAsync(await _pages.ExperimentAsync("digits"), "first");

    public ValueTask DisposeAsync()
    {
        _pages.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("a.txt", "hello <b>", "<code>hello &lt;b&gt;</code>")]
    [InlineData("MLmodel", "flavors:\n  onnx: {}", "flavors:")]
    [InlineData("a.json", "{\"b\":[1,2]}", "&quot;b&quot;: [")]
    [InlineData("a.json", "{\"b\": NaN}", "NaN")]
    [InlineData("a.json", "{\"columns\":[\"x\",\"y\"],\"data\":[[1,\"two\"]]}", "<td>two</td>")]
    [InlineData("a.csv", "x,y\r\n1,\"a, \"\"b\"\"\"\n", "<td>a, &quot;b&quot;</td>")]
    [InlineData("a.tsv", "x\ty\n1\t2\n", "<td>2</td>")]
    [InlineData("a.csv", "", "empty table")]
    [InlineData("a.txt", "", "empty file")]
    [InlineData("a.md", "# Big", "<h1")]
    [InlineData("a.png", "x", "<img class=\"preview\" src=\"artifact-file?run=")]
    [InlineData("a.html", "x", "<iframe class=\"preview\" sandbox=\"allow-scripts\"")]
    [InlineData("a.bin", "a\0b", "not text")]
    public async Task A_file_is_shown_as_what_it_is(string path, string content, string part)
    {
        await _pages.WriteAsync(_run, "deep/er/" + path, content);

        var answer = await _pages.GetAsync($"artifacts?run={_run}&path=deep/er/{path}");

        Assert.Equal(200, answer.Status);
        Assert.Contains(part, answer.Text, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"true\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Download", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_long_text_the_beginning_is_shown()
    {
        await _pages.WriteAsync(_run, "long.txt", new string('a', 600_000));
        await _pages.WriteAsync(_run, "long.csv", string.Join('\n', Enumerable.Range(0, 100_000).Select(i => $"row{i},{i}")));

        var text = (await _pages.GetAsync($"artifacts?run={_run}&path=long.txt")).Text;
        var table = (await _pages.GetAsync($"artifacts?run={_run}&path=long.csv")).Text;

        Assert.Contains("this is its beginning", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 262_144, 300_000);
        Assert.Contains("first 500", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page.html", "text/html", "inline")]
    [InlineData("drawing.svg", "image/svg+xml", "inline")]
    [InlineData("notes.txt", "text/plain; charset=utf-8", "attachment; filename*=utf-8''notes.txt")]
    public async Task What_somebody_logged_is_alone_in_its_frame(string path, string type, string disposition)
    {
        await _pages.WriteAsync(_run, path, "<script>fetch('/')</script>");

        var answer = await _pages.GetAsync($"artifact-file?run={_run}&path={path}&show=1");

        Assert.Equal((200, type, disposition), (answer.Status, answer.ContentType, answer.Headers["Content-Disposition"]));
        var policy = answer.Headers["Content-Security-Policy"];
        Assert.StartsWith("sandbox allow-scripts; default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-same-origin", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("a/../../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("%2e%2e/secret")]
    public async Task No_path_leads_out(string path)
    {
        foreach (var page in (string[])["artifacts", "artifact-file"])
        {
            var answer = await _pages.GetAsync($"{page}?run={_run}&path={Uri.EscapeDataString(path)}&show=1");

            Assert.True(answer.Status is 400 or 404, $"{answer.Status}: {answer.Text}");
        }
    }

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        Assert.Contains("No files yet", (await _pages.GetAsync($"artifacts?run={_run}")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await _pages.GetAsync($"artifacts?run={_run}&path=nope.txt")).Status);
        Assert.Equal(404, (await _pages.GetAsync($"artifact-file?run={_run}&path=nope.txt")).Status);
    }
}
