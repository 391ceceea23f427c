using CSharpKernel.Comms;

namespace CSharpKernel.Tests.Widgets;

public sealed class ProgressExtensionsTests : IDisposable
{
    private readonly FrontEnd _page = new();

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task A_loop_shows_how_far_it_has_come_and_leaves_text()
    {
        var cell = await _page.RunWellAsync("var sum = 0; foreach (var i in Enumerable.Range(1, 100_000).WithProgress(\"Training\")) sum++; sum");
        Assert.Equal("100000", cell.ResultText);
        Assert.Equal("Training 100000 of 100000", (string?)cell.Displays[^1].Data!["text/plain"]);
        Assert.Equal(["text/html", "text/plain"], cell.Displays[^1].Data!.Select(form => form.Key).Order());
        Assert.Equal(3, cell.Sent.Count(message => message.Type == CommEnvelope.Open));
        Assert.Equal(0, _page.Count);
        Assert.InRange(cell.Sent.Count, 6, 500);
    }

    [Theory]
    [InlineData("foreach (var i in Enumerable.Range(1, 10).WithProgress()) if (i == 4) break;", "3 of 10 (stopped)")]
    [InlineData("try { foreach (var i in Enumerable.Range(1, 10).WithProgress()) if (i == 4) throw new Exception(); } catch { }", "3 of 10 (stopped)")]
    [InlineData("foreach (var i in Enumerable.Range(1, 10).Where(i => i > 5).WithProgress(\"a<b\")) { }", "a<b 5")]
    [InlineData("foreach (var i in Enumerable.Range(1, 10).Where(i => i > 5).WithProgress(total: 5)) { }", "5 of 5")]
    [InlineData("foreach (var i in Array.Empty<int>().WithProgress()) { }", "0 of 0")]
    [InlineData("async IAsyncEnumerable<int> Items() { yield return 1; await Task.Yield(); yield return 2; } await foreach (var i in Items().WithProgress()) { }", "2")]
    public async Task Loops_of_every_kind_end_with_their_count(string code, string text)
    {
        var cell = await _page.RunWellAsync(code);
        Assert.Equal(text, (string?)cell.Displays[^1].Data!["text/plain"]);
        Assert.Equal(0, _page.Count);
    }
}
