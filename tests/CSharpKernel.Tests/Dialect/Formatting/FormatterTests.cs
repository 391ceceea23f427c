using CSharpKernel.Display;

namespace CSharpKernel.Tests.Dialect.Formatting;

public sealed class FormatterTests : IDisposable
{
    private const string Usings = "using Microsoft.DotNet.Interactive.Formatting;\nrecord P(string Name, int Age);";

    private readonly Notebook _notebook = new();

    [Theory]
    [InlineData("Formatter.Register<P>((p, writer) => writer.Write($\"<b>{p.Name}</b>\"), \"text/html\");")]
    [InlineData("Formatter.Register<P>(p => $\"<b>{p.Name}</b>\", \"text/html\");")]
    [InlineData("Formatter.Register(typeof(P), (p, writer) => writer.Write($\"<b>{((P)p).Name}</b>\"), \"text/html\");")]
    [InlineData("Formatter.Register<P>((p, context) => { context.Writer.Write($\"<b>{p.Name}</b>\"); return true; }, \"text/html\");")]
    [InlineData("Formatter.Register(new HtmlFormatter<P>(p => $\"<b>{p.Name}</b>\"));")]
    [InlineData("Formatter.Register(new HtmlFormatter<P>((p, context) => { context.Writer.Write($\"<b>{p.Name}</b>\"); }));")]
    public async Task A_formatter_may_be_registered_in_many_ways(string register)
    {
        await _notebook.RunWellAsync(Usings);
        await _notebook.RunWellAsync(register);

        var shown = await _notebook.RunWellAsync("display(new { Q = new P(\"in\", 2) }); display(new[] { new P(\"one\", 1) }); new P(\"x\", 1)");

        Assert.Equal("<b>x</b>", (string)shown.Result["text/html"]!);
        Assert.Equal("P { Name = \"x\", Age = 1 }", shown.ResultText);
        Assert.Contains("<td><b>in</b></td>", (string)shown.Displays[0].Data!["text/html"]!, StringComparison.Ordinal);
        Assert.Contains("<td><b>one</b></td>", (string)shown.Displays[1].Data!["text/html"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_formatter_of_the_nearest_type_writes()
    {
        await _notebook.RunWellAsync(Usings + "class Base { } class Derived : Base { } class Other : Base { }");
        await _notebook.RunWellAsync(
            """
            Formatter.Register(typeof(IList<>), (o, w) => w.Write("a list"), "text/html");
            Formatter.Register<IEnumerable<P>>((o, w) => w.Write("some P"), "text/html");
            Formatter.Register(typeof(List<>), (o, w) => w.Write("a List"), "text/html");
            Formatter.Register<Base>(o => "base", "text/html");
            Formatter.Register<Derived>(o => "derived", "text/html");
            """);

        var shown = await _notebook.RunWellAsync("display(new List<int> { 1 }); display(new[] { 1 }); display(Enumerable.Repeat(new P(\"a\", 1), 1).Where(p => true)); display(new Derived()); new Other()");

        Assert.Equal(["a List", "a list", "some P", "derived"], shown.Displays.Select(each => (string)each.Data!["text/html"]!));
        Assert.Equal("base", (string)shown.Result["text/html"]!);
    }

    [Fact]
    public async Task A_formatter_may_leave_a_value_to_the_next()
    {
        await _notebook.RunWellAsync(Usings);
        await _notebook.RunWellAsync("Formatter.Register<P>((p, c) => { c.Writer.Write(\"dropped\"); return p.Age > 1; }, \"text/html\");");

        Assert.DoesNotContain("dropped", (string)(await _notebook.RunWellAsync("new P(\"a\", 1)")).Result["text/html"]!, StringComparison.Ordinal);
        Assert.Equal("dropped", (string)(await _notebook.RunWellAsync("new P(\"a\", 2)")).Result["text/html"]!);
    }

    [Fact]
    public async Task A_text_that_was_registered_is_seen_also_by_those_who_see_HTML()
    {
        await _notebook.RunWellAsync(Usings);
        await _notebook.RunWellAsync("Formatter.Register<P>(p => \"<\" + p.Name + \">\");");

        var shown = await _notebook.RunWellAsync("display(new[] { new P(\"a\", 1) }); new P(\"a\", 1)");

        Assert.Equal("<a>", shown.ResultText);
        Assert.Equal("<div class=\"dni-plaintext\"><pre>&lt;a&gt;</pre></div>", (string)shown.Result["text/html"]!);
        Assert.Equal("[ <a> ]", (string)shown.Displays[0].Data!["text/plain"]!);
    }

    [Theory]
    [InlineData("new P(\"a\", 1)")]
    [InlineData("new List<object> { new P(\"a\", 1) }")]
    [InlineData("display(new { Q = new P(\"a\", 1) })")]
    public async Task A_formatter_that_throws_is_named_in_the_error(string code)
    {
        await _notebook.RunWellAsync(Usings);
        await _notebook.RunWellAsync("Formatter.Register<P>(p => throw new FormatException(\"bad\"), \"text/html\");");

        var error = (await _notebook.RunAsync(code)).Error;

        Assert.Equal("The formatter registered for P and text/html failed: bad", error.Value);
        Assert.Contains(error.Traceback, line => line.Contains("FormatException", StringComparison.Ordinal));
        Assert.Equal("2", (await _notebook.RunWellAsync("1 + 1")).ResultText);
    }

    [Fact]
    public async Task A_formatter_that_calls_itself_without_end_is_an_error()
    {
        await _notebook.RunWellAsync(Usings);
        await _notebook.RunWellAsync("Formatter.Register<P>(p => p.ToDisplayString(\"text/html\"), \"text/html\");");

        Assert.Contains("without end", (await _notebook.RunAsync("new P(\"a\", 1)")).Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preferred_types_and_limits_hold_for_one_notebook_until_they_are_reset()
    {
        using var other = new Notebook();
        await _notebook.RunWellAsync(Usings);
        await other.RunWellAsync(Usings);
        await _notebook.RunWellAsync("Formatter.SetPreferredMimeTypesFor(typeof(P), \"application/json\"); Formatter.ListExpansionLimit = 2; Formatter<List<int>>.ListExpansionLimit = 1; Formatter.NullString = \"nix\";");

        Assert.Equal(["application/json", "text/plain"], (await _notebook.RunWellAsync("new P(\"a\", 1)")).Result.Select(item => item.Key));
        Assert.Equal("a", (string)(await _notebook.RunWellAsync("new P(\"a\", 1)")).Result["application/json"]!["Name"]!);
        Assert.Equal("[ 1, 2, … 1 more ]", (await _notebook.RunWellAsync("new[] { 1, 2, 3 }")).ResultText);
        Assert.Equal("[ 1, … 2 more ]", (await _notebook.RunWellAsync("new List<int> { 1, 2, 3 }")).ResultText);
        Assert.Equal("nix", (await _notebook.RunWellAsync("null")).ResultText);
        Assert.Equal("application/json", (await _notebook.RunWellAsync("string.Join(\",\", Formatter.GetPreferredMimeTypesFor(typeof(P)))")).ResultText);

        Assert.Equal("[ 1, 2, 3 ]", (await other.RunWellAsync("new[] { 1, 2, 3 }")).ResultText);
        Assert.Equal("text/html", (await other.RunWellAsync("string.Join(\",\", Formatter.GetPreferredMimeTypesFor(typeof(P)))")).ResultText);

        await _notebook.RunWellAsync("Formatter.ResetToDefault();");
        Assert.Equal("20 6 text/html <null>", (await _notebook.RunWellAsync("$\"{Formatter.ListExpansionLimit} {Formatter.RecursionLimit} {Formatter.DefaultMimeType} {Formatter.NullString}\"")).ResultText);
        Assert.Equal(["text/html", "text/plain"], (await _notebook.RunWellAsync("new P(\"a\", 1)")).Result.Select(item => item.Key));
    }

    [Fact]
    public async Task The_default_MIME_type_may_be_plain_text()
    {
        await _notebook.RunWellAsync(Usings);
        await _notebook.RunWellAsync("Formatter.DefaultMimeType = \"text/plain\";");

        Assert.Equal(["text/plain"], (await _notebook.RunWellAsync("new P(\"a\", 1)")).Result.Select(item => item.Key));
    }

    [Theory]
    [InlineData("5.ToDisplayString()", "5")]
    [InlineData("new[] { 1, 2, 3 }.ToDisplayString()", "[ 1, 2, 3 ]")]
    [InlineData("new[] { 1, 2, 3 }.ToDisplayString(\"text/html\")", "<div class=\"dni-plaintext\"><pre>[ 1, 2, 3 ]</pre></div>")]
    [InlineData("Formatter.ToDisplayString(new { A = 1 }, \"application/json\")", "{\"A\":1}")]
    [InlineData("HTML(\"<b>x</b>\").ToDisplayString()", "<b>x</b>")]
    [InlineData("((object)null).ToDisplayString()", "<null>")]
    [InlineData("new P(\"a\", 1).ToDisplayString(new HtmlFormatter<P>(p => p.Name))", "a")]
    [InlineData("string.Join(\"; \", FormattedValue.CreateManyFromObject(new { A = 1 }, \"text/plain\", \"application/json\"))", "text/plain: { A = 1 }; application/json: {\"A\":1}")]
    [InlineData("FormattedValue.CreateSingleFromObject(5).MimeType", "text/html")]
    [InlineData("HtmlFormatter.GetPreferredFormatterFor<int>().MimeType", "text/html")]
    public async Task Values_can_be_written_without_being_shown(string code, string expected)
    {
        await _notebook.RunWellAsync(Usings);
        Assert.Equal(expected, (await _notebook.RunWellAsync(code)).ResultText);
    }

    [Fact]
    public void The_formatter_registered_last_for_a_type_wins()
    {
        var formatter = new DisplayFormatter();
        formatter.Register(new Microsoft.DotNet.Interactive.Formatting.HtmlFormatter<Version>(version => "first"));
        formatter.Register(new Microsoft.DotNet.Interactive.Formatting.HtmlFormatter<Version>(version => "second"));

        Assert.Equal("second", formatter.Format(new Version(1, 2)).Data["text/html"]);
    }

    public void Dispose() => _notebook.Dispose();
}
