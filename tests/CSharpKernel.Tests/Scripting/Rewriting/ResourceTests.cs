namespace CSharpKernel.Tests.Scripting.Rewriting;

public sealed class ResourceTests : IDisposable
{
    private const string Types = """
        class Door(string name) : IDisposable { public string Name => name; public void Dispose() => Console.Write($"close {name};"); }
        class Gate(string name) : IAsyncDisposable { public async ValueTask DisposeAsync() { await Task.Yield(); Console.Write($"close {name};"); } }
        """;

    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task What_is_declared_with_using_is_disposed_at_the_cell_s_end_the_last_first()
    {
        await _notebook.RunWellAsync(Types);
        var output = await _notebook.RunWellAsync("using var a = new Door(\"a\"); using Door b = new(\"b\"), c = new(\"c\");\nawait using var d = new Gate(\"d\");\nusing var _ = new Door(\"_\");\nConsole.Write(\"body;\");\na.Name");
        Assert.Equal("body;close _;close d;close c;close b;close a;", output.Stdout);
        Assert.Equal("a", output.ResultText);
        Assert.Equal("a", (await _notebook.RunWellAsync("a.Name")).ResultText);
        Assert.Equal("True", (await _notebook.RunWellAsync("_ = int.TryParse(\"1\", out _)")).ResultText);
    }

    [Fact]
    public async Task It_is_disposed_also_when_the_cell_throws_and_only_as_far_as_the_cell_came()
    {
        await _notebook.RunWellAsync(Types);
        await _notebook.RunWellAsync("using var a = new Door(\"first\");");
        var output = await _notebook.RunAsync("using var b = new Door(\"b\");\nthrow new InvalidOperationException(\"fail\");\nusing var a = new Door(\"second\");");
        Assert.Equal("close b;", output.Stdout);
        Assert.Equal("InvalidOperationException", output.Error.Name);
        Assert.Contains("line 2", output.Traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_disposed_also_when_the_cell_is_interrupted()
    {
        await _notebook.RunWellAsync(Types);
        using var interrupt = new CancellationTokenSource();
        var output = new Output();
        var run = _notebook.RunAsync("using var a = new Door(\"a\");\nConsole.Error.Write(\"in\"); Console.Error.Flush();\nwhile (true) { }", output, interrupt.Token);
        while (output.Stderr.Length == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        await interrupt.CancelAsync();
        await run;
        Assert.Equal("close a;", output.Stdout);
        Assert.Equal("OperationCanceledException", output.Error.Name);
    }

    [Fact]
    public async Task What_a_dispose_throws_is_the_cell_s_error_and_the_others_are_disposed()
    {
        await _notebook.RunWellAsync(Types + "class Stuck : IDisposable { public void Dispose() => throw new InvalidOperationException(\"stuck\"); }");
        var output = await _notebook.RunAsync("using var a = new Door(\"a\");\nusing var b = new Stuck();");
        Assert.Equal(("stuck", "close a;"), (output.Error.Value, output.Stdout));
    }

    [Fact]
    public async Task What_a_dispose_does_to_ambient_values_reaches_the_next_cell()
    {
        await _notebook.RunWellAsync("var ambient = new System.Threading.AsyncLocal<string>(); class Scope : IDisposable { public Action End = () => { }; public void Dispose() => End(); }");
        await _notebook.RunWellAsync("using var scope = new Scope { End = () => ambient.Value = \"ended\" }; ambient.Value = \"begun\"; await Task.Yield();");
        Assert.Equal("ended", (await _notebook.RunWellAsync("ambient.Value")).ResultText);
    }

    [Theory]
    [InlineData("using var number = 5;", "(1,11): error CS1674: 'int'")]
    [InlineData("\nawait using var text = new StringBuilder();", "(2,17): error CS8410: 'StringBuilder'")]
    [InlineData("using var door = new StringBuilder(;", "(1,36): error CS1026")]
    public async Task Only_what_can_be_disposed_is_accepted(string cell, string start) =>
        Assert.StartsWith(start, (await _notebook.RunAsync(cell)).Error.Value, StringComparison.Ordinal);

    [Fact]
    public async Task Usings_of_namespaces_and_statements_stay_what_they_are()
    {
        await _notebook.RunWellAsync(Types);
        Assert.Equal("abcclose in;", (await _notebook.RunWellAsync("""
            using System.IO;
            using Text = System.Text.StringBuilder;
            using StreamReader reader = new(new MemoryStream("abc"u8.ToArray()));
            Console.Write(reader.ReadToEnd());
            using (var door = new Door("in")) { }
            new Text().Length
            """)).Stdout);
    }
}
