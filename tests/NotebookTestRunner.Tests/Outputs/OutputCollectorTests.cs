using System.Text.Json.Nodes;
using NotebookTestRunner.Outputs;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Outputs;

public sealed class OutputCollectorTests
{
    private readonly OutputCollector collector = new();

    [Fact]
    public void Text_in_pieces_becomes_one_output_until_the_stream_changes()
    {
        Print("a");
        Print("b");
        Print("!", "stderr");
        Print("c");

        Assert.Equal([Printed("ab"), new StreamOutput("stderr", "!"), Printed("c")], collector.Outputs(1));
    }

    [Theory]
    [InlineData("10 %\r20 %", "20 %")]
    [InlineData("long line\rshort", "shortline")]
    [InlineData("one\ntwo\rTWO\nthree", "one\nTWO\nthree")]
    [InlineData("ab\b\bcd", "cd")]
    [InlineData("\r\nkept", "\nkept")]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    public void Rewritten_lines_leave_what_a_terminal_shows(string printed, string seen)
    {
        Print(printed);

        Assert.Equal([Printed(seen)], collector.Outputs(1));
    }

    [Fact]
    public void A_progress_line_in_pieces_leaves_its_last_state()
    {
        for (var percent = 0; percent <= 100; percent++) Print($"\r{percent} %");

        Assert.Equal([Printed("100 %")], collector.Outputs(1));
    }

    [Fact]
    public void An_update_reaches_every_display_of_its_id_in_every_cell_and_keeps_results_results()
    {
        Add(1, "display_data", Bundle("one", "bar"));
        Add(2, "execute_result", Bundle("two", "bar"));
        Add(2, "display_data", Bundle("other", "else"));
        Add(3, "update_display_data", Bundle("new", "bar"));

        Assert.Equal("new", Assert.IsType<DisplayDataOutput>(Assert.Single(collector.Outputs(1))).Text("text/plain"));
        Assert.Equal("new", Assert.IsType<ExecuteResultOutput>(collector.Outputs(2)[0]).Text("text/plain"));
        Assert.Equal("other", Assert.IsType<DisplayDataOutput>(collector.Outputs(2)[1]).Text("text/plain"));
        Assert.Empty(collector.Outputs(3));
    }

    [Fact]
    public void Only_displays_with_an_id_can_change()
    {
        Add(1, "display_data", Bundle("one", "bar"));
        Add(2, "display_data", Bundle("two", null));

        Assert.True(collector.CanChange(1));
        Assert.False(collector.CanChange(2));
        Assert.False(collector.CanChange(3));
    }

    [Fact]
    public void Clearing_takes_away_at_once_or_when_the_next_output_comes()
    {
        Print("one");
        Add(1, "clear_output", new JsonObject { ["wait"] = true });
        Assert.Equal([Printed("one")], collector.Outputs(1));

        Print("two");
        Assert.Equal([Printed("two")], collector.Outputs(1));

        Add(1, "clear_output", new JsonObject { ["wait"] = false });
        Assert.Empty(collector.Outputs(1));
    }

    [Fact]
    public void The_ids_of_displays_are_not_stored()
    {
        Add(1, "display_data", Bundle("one", "bar"));

        Assert.Equal(["data", "metadata", "output_type"], collector.Outputs(1)[0].ToJson().Select(member => member.Key));
    }

    [Fact]
    public void Messages_that_are_no_outputs_leave_none()
    {
        Add(1, "status", new JsonObject { ["execution_state"] = "busy" });
        Add(1, "comm_open", []);

        Assert.Empty(collector.Outputs(1));
    }

    private void Print(string text, string stream = "stdout") => Add(1, "stream", new JsonObject { ["name"] = stream, ["text"] = text });

    private void Add(int cell, string type, JsonObject content) => collector.Add(cell, type, content);

    private static JsonObject Bundle(string text, string? displayId) => new()
    {
        ["data"] = new JsonObject { ["text/plain"] = text },
        ["metadata"] = new JsonObject(),
        ["transient"] = displayId is null ? new JsonObject() : new JsonObject { ["display_id"] = displayId },
    };
}
