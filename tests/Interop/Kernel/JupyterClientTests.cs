using System.Text.Json.Nodes;

namespace Interop.Kernel;

/// <summary>Jupyter's own client drives our kernel, found through its kernelspec.</summary>
public sealed class JupyterClientTests(KernelConversation conversation) : IClassFixture<KernelConversation>
{
    [Fact]
    public async Task It_says_what_it_is()
    {
        var info = await conversation.AnswerAsync("kernel_info");
        Assert.Equal(("ok", "CSharpKernel"), ((string)info["status"]!, (string)info["implementation"]!));
        Assert.Equal(("C#", ".cs"), ((string)info["language_info"]!["name"]!, (string)info["language_info"]!["file_extension"]!));
    }

    [Fact]
    public async Task It_streams_what_a_cell_prints()
    {
        var cell = await conversation.AnswerAsync("stream");
        Assert.Equal(("ok", 1, "out\n", "err\n"), ((string)cell["status"]!, (int)cell["count"]!, (string)cell["stdout"]!, (string)cell["stderr"]!));
        Assert.Equal(["status", "execute_input", "stream", "stream", "status"], Texts(cell["order"]));
    }

    [Fact]
    public async Task It_shows_results_and_displays_in_order()
    {
        Assert.Equal("Point { X = 21, Y = 2 }", ResultOf(await conversation.AnswerAsync("result")));
        var cell = await conversation.AnswerAsync("display");
        Assert.Equal(("shown", "3"), ((string)cell["displays"]![0]!["text/plain"]!, ResultOf(cell)));
        Assert.Equal(["status", "execute_input", "display_data", "execute_result", "status"], Texts(cell["order"]));
        Assert.Equal("20", ResultOf(await conversation.AnswerAsync("await")));
    }

    [Theory]
    [InlineData("error", "InvalidOperationException", "boom", "cell 5, line 1")]
    [InlineData("compile_error", "CompilationError", "(1,9): error CS0103: The name 'z' does not exist in the current context", "var y = z;")]
    [InlineData("after_restart", "CompilationError", "(1,1): error CS0103: The name 'x' does not exist in the current context", "x")]
    public async Task It_reports_errors_with_their_place(string point, string name, string value, string place)
    {
        var cell = await conversation.AnswerAsync(point);
        var error = Assert.Single(cell["errors"]!.AsArray())!;
        Assert.Equal(("error", name, value), ((string)cell["status"]!, (string)error["ename"]!, (string)error["evalue"]!));
        Assert.Contains(place, (string)error["traceback"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_asks_the_reader_for_input() =>
        Assert.Equal("Hello, Maija", ResultOf(await conversation.AnswerAsync("input")));

    [Theory]
    [InlineData("busy_loop")]
    [InlineData("sleep")]
    public async Task An_interrupt_ends_a_cell_soon(string point)
    {
        var cell = await conversation.AnswerAsync(point);
        Assert.Contains("was interrupted", (string)cell["errors"]![0]!["evalue"]!, StringComparison.Ordinal);
        Assert.InRange((double)cell["seconds"]!, 0, 5);
    }

    [Fact]
    public async Task Variables_outlive_an_interrupt() =>
        Assert.Equal("21", ResultOf(await conversation.AnswerAsync("after_interrupt")));

    [Fact]
    public async Task It_completes_names_also_of_earlier_cells()
    {
        var console = await conversation.AnswerAsync("complete");
        Assert.Equal(["Write", "WriteLine"], Texts(console["matches"]));
        Assert.Equal((8, 11), ((int)console["cursor_start"]!, (int)console["cursor_end"]!));
        Assert.Equal(["ToString"], Texts((await conversation.AnswerAsync("complete_state"))["matches"]));
    }

    [Fact]
    public async Task It_explains_what_the_cursor_is_on()
    {
        var found = await conversation.AnswerAsync("inspect");
        Assert.True((bool)found["found"]!);
        Assert.Contains("Writes the current line terminator", (string)found["data"]!["text/plain"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 + 2", "complete")]
    [InlineData("var a = 1;", "complete")]
    [InlineData("for (;;) {", "incomplete")]
    [InlineData("foo(", "incomplete")]
    [InlineData("))", "invalid")]
    public async Task It_knows_whether_a_cell_is_complete(string code, string expected) =>
        Assert.Equal(expected, (string)(await conversation.AnswerAsync("is_complete"))[code]!);

    [Fact]
    public async Task It_remembers_the_last_cells()
    {
        var history = (await conversation.AnswerAsync("history"))["history"]!.AsArray();
        Assert.Equal([(10, "System.Threading.Thread.Sleep(100000);"), (11, "x")], history.Select(line => ((int)line![1]!, (string)line[2]!)));
    }

    [Fact]
    public async Task It_answers_user_expressions_and_counts_no_silent_cell()
    {
        Assert.Equal(11, (int)(await conversation.AnswerAsync("silent"))["execution_count"]!);
        var reply = await conversation.AnswerAsync("user_expressions");
        Assert.Equal("44", (string)reply["user_expressions"]!["twice"]!["data"]!["text/plain"]!);
    }

    [Fact]
    public async Task It_has_no_comms() =>
        Assert.Empty((await conversation.AnswerAsync("comm_info"))["comms"]!.AsObject());

    [Fact]
    public async Task It_ends_when_asked_to() =>
        Assert.Equal(0, (int)await conversation.AnswerAsync("exit_code"));

    private static string ResultOf(JsonNode cell) => (string)Assert.Single(cell["results"]!.AsArray())!["text/plain"]!;

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().GetValues<string>();
}
