using System.Text.Json.Nodes;
using CSharpKernel.Comms;
using CSharpKernel.Tests.Widgets;

namespace CSharpKernel.Tests.Comms;

public sealed class CommTests : IDisposable
{
    private readonly FrontEnd _page = new();

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task The_page_opens_a_comm_that_the_notebook_registered()
    {
        var cell = await _page.RunWellAsync("""
            record Question(string Name, int Age);
            Comm.Register("greeting", (comm, opening) =>
            {
                Console.WriteLine($"opened with {opening.Data["hello"]}");
                comm.Received += message => { var q = message.Read<Question>()!; comm.Send(new { Answer = $"Hei {q.Name}, {q.Age}", Size = message.Buffers[0].Length }, null, [9, 8]); };
                comm.Closed += _ => Console.WriteLine("closed");
            });
            """);
        await _page.OpenAsync("one", "greeting", new JsonObject { ["hello"] = "ä" });
        Assert.Equal("{\"status\":\"ok\",\"comms\":{\"one\":{\"target_name\":\"greeting\"}}}", _page.Notebook.Engine.Comms.Describe(null).ToJsonString());
        Assert.Empty(_page.Notebook.Engine.Comms.Describe("other")["comms"]!.AsObject());

        await _page.SendAsync(CommEnvelope.Message, "one", new JsonObject { ["name"] = "Maija", ["age"] = 7 }, [1, 2, 3]);
        var answer = Assert.Single(_page.Messages);
        Assert.Equal("{\"answer\":\"Hei Maija, 7\",\"size\":3}", answer.Content["data"]!.ToJsonString());
        Assert.Equal([9, 8], Assert.Single(answer.Buffers));

        await _page.SendAsync(CommEnvelope.Close, "one", null);
        await _page.SendAsync(CommEnvelope.Message, "one", null);
        Assert.Equal("opened with ä\nclosed\n", cell.Stdout);
        Assert.Empty(_page.Notebook.Engine.Comms.Open);
    }

    [Fact]
    public async Task A_target_that_nobody_knows_is_closed_at_once()
    {
        await _page.OpenAsync("one", "nobody");
        var answer = Assert.Single(_page.Messages);
        Assert.Equal((CommEnvelope.Close, "one"), (answer.Type, answer.CommId));

        await _page.RunWellAsync("Comm.Register(\"somebody\", (_, _) => { }); Comm.Unregister(\"somebody\");");
        await _page.OpenAsync("two", "somebody");
        Assert.Equal((CommEnvelope.Close, "two"), (_page.Messages[1].Type, _page.Messages[1].CommId));
    }

    [Fact]
    public async Task A_handler_that_fails_to_open_closes_the_comm_and_says_why()
    {
        var cell = await _page.RunWellAsync("Comm.Register(\"bad\", (comm, _) => throw new InvalidOperationException(\"boom\"));");
        await _page.OpenAsync("one", "bad");
        Assert.Equal(CommEnvelope.Close, Assert.Single(_page.Messages).Type);
        Assert.Contains("boom", cell.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_notebook_opens_a_comm_to_the_page()
    {
        var cell = await _page.RunWellAsync("var comm = Comm.Open(\"chart\", new { Points = new[] { 1, 2 } }, null, [5]); comm.Received += m => Console.Write(m.Data); comm.Send(1); comm.Close(); comm.Close();");
        Assert.Equal([CommEnvelope.Open, CommEnvelope.Message, CommEnvelope.Close], cell.Sent.Select(each => each.Type));
        Assert.Equal(("chart", "{\"points\":[1,2]}"), (cell.Sent[0].TargetName, cell.Sent[0].Content["data"]!.ToJsonString()));
        Assert.Equal([5], Assert.Single(cell.Sent[0].Buffers));
        var error = await _page.RunAsync("comm.Send(2);");
        Assert.Contains("closed", error.Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_a_comm_are_handled_in_order_also_by_asynchronous_handlers()
    {
        var cell = await _page.RunWellAsync("var all = new TaskCompletionSource(); Comm.Register(\"count\", (comm, _) => comm.Received += async m => { await Task.Delay(1); Console.Write($\"{m.Data} \"); if ((int)m.Data == 50) all.SetResult(); });");
        await _page.OpenAsync("one", "count");
        for (var i = 1; i <= 50; i++)
            await _page.SendAsync(CommEnvelope.Message, "one", i);
        await _page.RunWellAsync("await all.Task;");
        var last = new TaskCompletionSource();
        await Assert.Single(_page.Notebook.Engine.Comms.Open).Queue.RunAsync(last.SetResult);
        await last.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(string.Concat(Enumerable.Range(1, 50).Select(i => $"{i} ")), cell.Stdout);
    }

    [Fact]
    public async Task Handlers_see_the_ambient_values_of_the_notebook()
    {
        var cell = await _page.RunWellAsync("var run = new System.Threading.AsyncLocal<string>(); Comm.Register(\"ask\", (_, _) => Console.Write(run.Value));");
        await _page.RunWellAsync("run.Value = \"active\";");
        await _page.OpenAsync("one", "ask");
        Assert.Equal("active", cell.Stdout);
    }
}
