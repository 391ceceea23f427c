using System.Diagnostics;
using System.Text.Json.Nodes;
using CSharpKernel.Tests.Lifetime;

namespace CSharpKernel.Tests.Fuzzing;

/// <summary>Texts that no person writes, sent to a real kernel in every kind of request: it answers each and lives on.</summary>
public sealed class CellTextFuzzTests
{
    private const int Deep = 10_000;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    private static readonly string[] Pieces =
    [
        "#!time\n", "#!markdown\n", "#!html\n", "#!csharp\n", "#!nothing\n", "#!", "#r \"", "#r \"nuget:", "#r nuget: \n", "#i \"\n", "#load \"x.csx\"\n", "#if A\n", "#endif\n", "#region\n",
        "#nullable enable\n", "#line 5 \"x\"\n", "#pragma warning disable\n", "\"", "\"\"\"", "$\"{", "$$\"\"\"{{", "@\"", "'", "//", "/*", "*/", "\\", "\n", "\r\n", "\r", "\0", "\ufeff", "\u200b", "\u2028",
        "😀", "é", "\e[31m", "(", ")", "{", "}", "[", "]", "<", ">", ";", ",", "=>", "=", "?", "??", "!", "~", "+", "-", "*", "&", "0", "1", "0x", "1e999", "1.", "x", "var ", "class C ", "record R(", "namespace N ",
        "using ", "static ", "async ", "await ", "return ", "yield return ", "throw null;", "goto x;", "x:", "if (true) ", "for (;;) break;", "switch (1) {", "case 1:", "=> 1", "from x in ", "select x", "delegate ", "ref ",
        "out var y", "stackalloc int[1]", "int* p", "unsafe {", "fixed (", "lock (", "try {", "catch {", "finally {", "is not null", "with { }", "new()", "[..]", "^1", "1..2", "nameof(", "typeof(", "default", "display(", "Console.Write(1);", "extern alias A;", "global::", "@class", "\ud83d", "\ude00",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Extreme_texts_are_answered()
    {
        using var kernel = await RestartableKernel.StartAsync();
        foreach (var text in Extremes())
            await AskAllAsync(kernel, text, text.Length > 80 ? $"{text[..80]}… of {text.Length}" : text);
        await AssertLivesAsync(kernel);
    }

    [Fact]
    public async Task Random_texts_are_answered()
    {
        // Run again with the seed that a failure names to see it again.
        var seed = Environment.GetEnvironmentVariable("FUZZ_SEED") is { Length: > 0 } set ? int.Parse(set, System.Globalization.CultureInfo.InvariantCulture) : Random.Shared.Next();
        var random = new Random(seed);
        using var kernel = await RestartableKernel.StartAsync();
        var clock = Stopwatch.StartNew();
        for (var round = 0; clock.Elapsed < TimeLimit; round++)
            await AskAllAsync(kernel, Soup(random), $"FUZZ_SEED={seed}, round {round}");
        await AssertLivesAsync(kernel);
    }

    private static string Soup(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(10) == 0 ? ((char)random.Next(0x10000)).ToString() : Pieces[random.Next(Pieces.Length)]));

    private static string Times(string text, int count = Deep) => string.Concat(Enumerable.Repeat(text, count));

    private static IEnumerable<string> Extremes() =>
    [
        "", "\0", "\ufeff1", new string((char)0xd800, 100), new string((char)0xdc00, 100), "\u200b\u200d1\u2060",
        string.Concat(Enumerable.Range(0, 5000).Select(i => (char)(i % 256))),
        Times("("), Times("(") + "1" + Times(")"), Times("["), Times("{"), Times("{") + Times("}"), Times("List<") + "int" + Times(">") + " x;",
        "var f = " + Times("() => ") + "1;", "int" + Times("*") + " p;", "int" + Times("[]", 1000) + " a;", Times("foreach (var x in "), Times("$\"{", 2000) + "1" + Times("}\"", 2000),
        Times("(", 250) + "1" + Times(")", 250), "object[] a = " + Times("[", 250) + Times("]", 250) + ";", "var f = " + Times("() => ", 250) + "1;", Times("[", 250), Times("List<", 250) + "int" + Times(">", 250) + " x;",
        string.Join('+', Enumerable.Repeat("1", Deep)), Times("!") + "true", Times("new "), "x" + Times("?"), Times("\""), Times("$") + Times("\""), Times("#if A\n", 1000), Times("#region\n", 1000), Times("#!time\n", 100) + "1",
        Times("#!markdown\n", 100), "var s = @\"\n#!markdown\n\";", "// " + new string('x', 1_000_000), Times("\n", 100_000), "#r", "#i", "#load", "#!", "#r \"\"", "#r \"nuget:\"", "#!import", "#!import \"\0\"", "#!set --name", "#load \"nothing.csx\"",
    ];

    private static async Task AskAllAsync(RestartableKernel kernel, string text, string name)
    {
        await AskAsync(kernel, "execute_request", new JsonObject { ["code"] = text, ["allow_stdin"] = false, ["stop_on_error"] = false }, name);
        foreach (var position in new[] { 0, text.Length / 2, text.Length, -1, text.Length + 10 })
        {
            await AskAsync(kernel, "complete_request", new JsonObject { ["code"] = text, ["cursor_pos"] = position }, name);
            await AskAsync(kernel, "inspect_request", new JsonObject { ["code"] = text, ["cursor_pos"] = position, ["detail_level"] = 1 }, name);
            if (text.Length > 1000)
                break;
        }

        await AskAsync(kernel, "is_complete_request", new JsonObject { ["code"] = text }, name);
    }

    private static async Task AskAsync(RestartableKernel kernel, string type, JsonObject content, string name)
    {
        try
        {
            await kernel.Client.RequestAsync(type, content, cancellationToken: Token).WaitAsync(TimeSpan.FromSeconds(60), Token);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{type} was not answered{(kernel.Process.HasExited ? ": the kernel died" : "")}: {name}");
        }
    }

    private static async Task AssertLivesAsync(RestartableKernel kernel)
    {
        var reply = await kernel.RunAsync("1 + 1");
        Assert.Contains(kernel.Published, message => message.MessageType == "execute_result" && message.ParentHeader!.MessageId == reply.ParentHeader!.MessageId
            && message.Content["data"]!["text/plain"]!.GetValue<string>() == "2");
    }
}
