using CSharpKernel.Completion;

namespace CSharpKernel.Tests.Completion;

public sealed class CodeAssistantTests : IDisposable
{
    private readonly Notebook _notebook = new();
    private readonly CodeAssistant _assistant;

    public CodeAssistantTests() => _assistant = new(_notebook.Engine);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("Console.Wri|", "Write", "WriteLine")]
    [InlineData("new List<int>().Whe|", "Where")]
    [InlineData("var text = \"a\"; text.Substr|", "Substring")]
    [InlineData("Math.Sqr| + 1", "Sqrt")]
    [InlineData("#!time\nConsole.ReadL|", "ReadLine")]
    [InlineData("#r \"nuget: Something\"\nConsole.ReadL|", "ReadLine")]
    public void Members_are_offered_at_the_cursor(string code, params string[] expected) => Assert.Equal(expected, Texts(code));

    [Theory]
    [InlineData("int? count = 3; count?.ToS|", "ToString")]
    [InlineData("System.IO.Pat|", "Path, PathTooLongException")]
    [InlineData("global::System.Net.HttpV|", "HttpVersion")]
    [InlineData("using System.Text.Js|", "Json")]
    [InlineData("using static System.Mat|", "Math, MathF")]
    [InlineData("new Dictionary<string, int>().tgv|", "TryGetValue")]
    [InlineData("var b = new UriBuilder { Hos| };", "Host")]
    [InlineData("var b = new UriBuilder { Host = \"a\", Hos| };", "")]
    [InlineData("DayOfWeek day = Mon|", "DayOfWeek.Monday")]
    [InlineData("if (DateTime.Now.DayOfWeek == Sun|)", "DayOfWeek.Sunday")]
    [InlineData("\"a\".Split('b', count|)", "count:")]
    [InlineData("string.Compare(\"a\", \"b\", StringComparison.Inv|", "InvariantCulture, InvariantCultureIgnoreCase")]
    [InlineData("foreac|", "foreach")]
    [InlineData("[Obsol|] void M() { }", "Obsolete")]
    [InlineData("void Greet(string somebody) { somebod| }", "somebody")]
    [InlineData("var numbers = new[] { 1 }; numbers.Select(number => numb|)", "number, numbers")]
    [InlineData("// Console.Wri|", "")]
    [InlineData("\"Console.Wri|\"", "")]
    [InlineData("$\"{Console.Wri|}\"", "Write, WriteLine")]
    [InlineData("\"\"\"\nConsole.Wri|", "")]
    [InlineData("class Trai|", "")]
    [InlineData("var resul|", "")]
    [InlineData("unknown.Wri|", "")]
    [InlineData("Console.WriteLine(Console.ReadL|", "ReadLine")]
    [InlineData("var x = new Lis|", "List")]
    [InlineData("å.|", "")]
    [InlineData("List<doubl|", "double, Double")]
    [InlineData("(\"a\" + \"b\").Leng|", "Length")]
    [InlineData("var (first, second) = (1, \"a\"); second.Leng|", "Length")]
    [InlineData("List<string> names = new Lis|", "List<string>, List")]
    [InlineData("class D : Exception { public override ToStr| }", "string ToString()")]
    [InlineData("class D : Exception { public override string ToStr| }", "ToString()")]
    [InlineData("class D : Exception { public override string ToString() => \"\"; public override ToStr| }", "")]
    [InlineData("class D : System.IO.TextWriter { public override Enc| }", "Encoding Encoding")]
    [InlineData("class D : System.IO.TextWriter { protected override Disp| }", "ValueTask DisposeAsync(), void Dispose(bool disposing)")]
    [InlineData("#!set --na|", "--name")]
    [InlineData("#!share x --fro|", "--from")]
    [InlineData("#!share x --from csharp --fro|", "")]
    public void What_fits_the_place_is_offered(string code, string expected)
    {
        Assert.Equal(expected, string.Join(", ", Texts(code)));
    }

    [Fact]
    public void Matches_come_with_what_they_are_and_take()
    {
        var found = Complete("Math.Sqrt|").Matches.Concat(Complete("Console.WriteLin|").Matches).Concat(Complete("\"a\".Whe|").Matches).Concat(Complete("Envi|").Matches);
        Assert.Equal(
            ["Sqrt method (double d) : double", "WriteLine method () : void (+ 19 overloads)", "Where extensionmethod (Func<char, bool> predicate) : IEnumerable<char> (+ 1 overload)", "Environment class System.Environment"],
            found.Where(match => !match.Text.StartsWith("EnvironmentV", StringComparison.Ordinal)).Select(match => $"{match.Text} {match.Kind} {match.Signature}"));
    }

    [Fact]
    public async Task Every_position_of_every_text_can_be_asked_about()
    {
        await _notebook.RunWellAsync("var x = 1;");
        foreach (var code in new[] { "", "\0", "\ud83d", "x.😀y", "#", "#r \"", "#!", "((((", "\"\"\"", "$\"{", "'", "using", "using (", "new { a = ", "x switch { ", "a?.b?[", "[", "class A { int B { get", "/*", "x..", "@", "where T :", "#if X\nx.", "int[] a = {", "f(a: , b" })
            for (var position = 0; position <= code.Length; position++)
            {
                Assert.InRange(_assistant.Complete(code, position, Cancelled).Start, 0, position);
                _assistant.Inspect(code, position, isDetailed: true, Cancelled);
            }
    }

    [Fact]
    public async Task Names_of_earlier_cells_are_offered()
    {
        await _notebook.RunWellAsync("var learningRate = 0.1; int Learn(int epochs) => epochs; record Layer(int Units);");
        Assert.Equal(["Learn", "learningRate"], (Texts("lear|")).Order(StringComparer.Ordinal));
        await _notebook.RunWellAsync("var layer = new Layer(3);");
        Assert.Equal(["Units"], Texts("layer.Uni|"));
        await _notebook.RunWellAsync("var layer = \"text\";");
        Assert.Equal(["Substring"], Texts("layer.Substr|"));
    }

    [Fact]
    public void Magics_are_offered_at_the_start_of_a_line()
    {
        Assert.Equal(["#!markdown"], Texts("#!mark|"));
        Assert.Contains("#!time", Texts("#!|"));
        Assert.Empty(Texts("#!markdown\nConsole.Wri|"));
    }

    [Fact]
    public void The_replaced_part_is_told()
    {
        var found = _assistant.Complete("x = Console.Wri + 1", 15, Cancelled);
        Assert.Equal((12, 15), (found.Start, found.End));
    }

    [Theory]
    [InlineData("Console.Write|Line(1)", "Console.WriteLine", "Writes")]
    [InlineData("Math.Sq|rt(2)", "double Math.Sqrt(double d)", "square root")]
    public void What_the_cursor_is_on_is_explained(string code, params string[] expected)
    {
        var shown = Inspect(code);
        Assert.All(expected, text => Assert.Contains(text, shown, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DayOfWeek day = |", "DayOfWeek.Friday")]
    [InlineData("StringBuilder text = new |", "StringBuilder")]
    [InlineData("DayOfWeek day = default; var n = day switch { |", "DayOfWeek.Friday")]
    [InlineData("DayOfWeek day = default; var n = day switch { DayOfWeek.Friday => 1, |", "DayOfWeek.Friday")]
    [InlineData("DayOfWeek day = default; if (day is |", "DayOfWeek.Friday")]
    [InlineData("class D : List<int> { public override |", "bool Equals(object? obj)")]
    public void What_the_place_asks_for_comes_first(string code, string first) => Assert.Equal(first, Texts(code).First());

    [Fact]
    public void Behind_new_stand_types() => Assert.Equal(["Version"], Texts("var x = new Versio|"));

    [Fact]
    public async Task In_detail_there_are_overloads_members_and_the_notebooks_own_code()
    {
        await _notebook.RunWellAsync("/// <summary>Adds.</summary>\nint Add(int a, int b) => a + b;");
        Assert.Contains("Declared in the notebook as:\n  int Add(int a, int b) => a + b;", Inspect("Ad|d(1, 2)", isDetailed: true), StringComparison.Ordinal);
        Assert.Contains("Overloads:", Inspect("Console.WriteL|ine(1)", isDetailed: true), StringComparison.Ordinal);
        Assert.Contains("Console.Clear()", Inspect("Consol|e", isDetailed: true), StringComparison.Ordinal);
        // JupyterLab asks for no more than this, and reads the first overloads in it.
        Assert.Contains("Overloads:\n  public void Console.WriteLine()\n", Inspect("Console.WriteL|ine(1)"), StringComparison.Ordinal);
        Assert.EndsWith("… 11 more", Inspect("Console.WriteL|ine(1)"), StringComparison.Ordinal);
        Assert.Contains("#!time", Inspect("#!ti|me"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_of_an_earlier_cell_is_explained()
    {
        await _notebook.RunWellAsync("var learningRate = 0.1;");
        Assert.Contains("double", Inspect("learning|Rate"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("|")]
    [InlineData("nothing|known")]
    [InlineData("1 +| 2")]
    public void Nothing_is_said_about_nothing(string code)
    {
        var position = code.IndexOf('|', StringComparison.Ordinal);
        Assert.Null(_assistant.Inspect(code.Remove(position, 1), position, isDetailed: false, Cancelled));
    }

    private CompletionMatches Complete(string code)
    {
        var position = code.IndexOf('|', StringComparison.Ordinal);
        return _assistant.Complete(code.Remove(position, 1), position, Cancelled);
    }

    private IEnumerable<string> Texts(string code) => Complete(code).Matches.Select(match => match.Text);

    private string Inspect(string code, bool isDetailed = false)
    {
        var position = code.IndexOf('|', StringComparison.Ordinal);
        var found = _assistant.Inspect(code.Remove(position, 1), position, isDetailed, Cancelled);
        return (string)Assert.IsAssignableFrom<CSharpKernel.Display.DisplayBundle>(found).Data["text/plain"];
    }
}
