using System.Text.Json.Nodes;

namespace CSharpKernel.Tests.Execution;

/// <summary>Cells that print or display far more than anybody reads.</summary>
public sealed class FloodTests : IDisposable
{
    private const int Megabyte = 1024 * 1024;

    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task A_hundred_megabytes_are_cut_with_a_notice_and_their_end_arrives()
    {
        var cell = await _notebook.RunWellAsync("var line = new string('x', 1023); for (var i = 0; i < 100 * 1024; i++) Console.WriteLine(line); Console.Write(\"the end\");");

        Assert.InRange(cell.Stdout.Length, 16 * Megabyte, 20 * Megabyte);
        Assert.EndsWith("x\nthe end", cell.Stdout, StringComparison.Ordinal);
        Assert.Contains("left out here", cell.Stderr, StringComparison.Ordinal);
        Assert.Contains("CSHARPKERNEL_OUTPUT_LIMIT", cell.Stderr, StringComparison.Ordinal);
        Assert.True(cell.Shown.Count < 2000, $"{cell.Shown.Count} messages");
    }

    [Fact]
    public async Task A_gigabyte_takes_no_memory()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cell = await _notebook.RunWellAsync("var block = new string('x', 1 << 20); for (var i = 0; i < 1024; i++) Console.Write(block);");
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        // What arrived is held by the test: 16 MB of characters of two bytes each; other tests run as well.
        Assert.True(grown < 500L * Megabyte, $"{grown} bytes");
        Assert.True(cell.Stdout.Length < 24 * Megabyte);
    }

    [Fact]
    public async Task One_line_of_ten_megabytes_arrives_whole()
    {
        var cell = await _notebook.RunWellAsync("Console.Write(string.Concat(Enumerable.Repeat(\"0123456789\", 1 << 20)));");

        Assert.Equal(string.Concat(Enumerable.Repeat("0123456789", 1 << 20)), cell.Stdout);
        Assert.Equal("", cell.Stderr);
    }

    [Fact]
    public async Task Every_character_arrives_and_none_is_torn_into_two_messages()
    {
        var cell = await _notebook.RunWellAsync("for (var i = 0; i < 3000; i++) { Console.Write('a'); for (var j = 0; j < 5; j++) Console.Write(\"😀\"); } Console.Write(\"\\0\\e[31mred\\e[0m\");");

        Assert.Equal(string.Concat(Enumerable.Repeat("a😀😀😀😀😀", 3000)) + "\0\e[31mred\e[0m", cell.Stdout);
        Assert.All(cell.Shown, message => Assert.False(char.IsLowSurrogate(message.Name[0]) || char.IsHighSurrogate(message.Name[^1])));
    }

    [Fact]
    public async Task All_units_of_text_lone_surrogates_too_can_be_printed_shown_and_sent()
    {
        var cell = await _notebook.RunWellAsync("var all = new string(Enumerable.Range(0, 65536).Select(i => (char)i).ToArray()); Console.Write(all); display(all); all");

        Assert.Equal(65536, cell.Stdout.Length);
        foreach (var (_, name, data) in cell.Shown)
            Assert.NotEmpty(JsonNode.Parse(new JsonObject { ["text"] = name, ["data"] = data?.DeepClone() }.ToJsonString())!.ToString());
    }

    [Fact]
    public async Task A_hundred_thousand_displays_are_cut_with_a_notice_and_the_last_ones_arrive()
    {
        var cell = await _notebook.RunWellAsync("for (var i = 1; i <= 100_000; i++) display(i);");

        Assert.InRange(cell.Displays.Count, 1000, 20_000);
        Assert.Equal("100000", cell.Displays[^1].Data!["text/plain"]!.ToString());
        Assert.Contains("displays were left out here", cell.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_updates_few_are_sent_and_the_last_one_is()
    {
        var cell = await _notebook.RunWellAsync("var shown = display(0); for (var i = 1; i <= 20_000; i++) shown.Update(i);");

        Assert.True(cell.Displays.Count < 2000, $"{cell.Displays.Count} messages");
        Assert.Equal("20000", cell.Displays[^1].Data!["text/plain"]!.ToString());
        Assert.Single(cell.Displays.Select(each => each.Name).Distinct());
    }

    [Fact]
    public async Task A_flood_is_interrupted_at_once_again_and_again_and_output_goes_on_after_it()
    {
        for (var round = 0; round < 10; round++)
        {
            using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var output = new Output();
            var running = _notebook.RunAsync("while (true) { Console.WriteLine(\"flood\"); display(1); }", output, interrupt.Token);
            while (output.Shown.Count < 100)
                await Task.Delay(5, TestContext.Current.CancellationToken);
            await interrupt.CancelAsync();

            await running.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

            Assert.Equal("OperationCanceledException", output.Error.Name);
            Assert.Equal("after", (await _notebook.RunWellAsync("Console.Write(\"after\");")).Stdout);
        }
    }
}
