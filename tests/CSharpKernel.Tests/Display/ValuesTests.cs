namespace CSharpKernel.Tests.Display;

/// <summary>What the values of the dialect's table show, each in a cell.</summary>
public sealed class ValuesTests : IDisposable
{
    private const string Declarations =
        """
        using System.Data; using System.IO; using System.Numerics; using System.Text.Json; using System.Text.Json.Nodes; using System.Text.RegularExpressions; using System.Xml.Linq; using System.Globalization;
        record P(string Name, int Age);
        class Own { public int X = 1; public override string ToString() => "own!"; }
        class Bad { public int A => 1; public int B => throw new InvalidOperationException("no"); }
        class Node { public Node Next; public List<Node> Kids = new(); }
        [Flags] enum F { A = 1, B = 2 }
        async IAsyncEnumerable<int> Later() { yield return 1; await Task.Yield(); }
        IEnumerable<int> Endless() { while (true) yield return 1; }
        var table = new DataTable("T"); table.Columns.Add("A", typeof(int)); table.Columns.Add("B"); table.Rows.Add(1, "x"); table.Rows.Add(2, DBNull.Value);
        """;

    private readonly Notebook _notebook = new();

    /// <summary>Code, what its HTML contains, and what its text contains.</summary>
    public static TheoryData<string, string, string> Values => new()
    {
        { "42", "<div class=\"dni-plaintext\"><pre>42</pre></div>", "42" },
        { "3.14", "<pre>3.14</pre>", "3.14" },
        { "1m", "<pre>1</pre>", "1" },
        { "'c'", "<pre>c</pre>", "c" },
        { "true", "<pre>True</pre>", "True" },
        { "Guid.Empty", "<pre>00000000-0000-0000-0000-000000000000</pre>", "00000000-0000-0000-0000-000000000000" },
        { "null", "<pre>&lt;null&gt;</pre>", "<null>" },
        { "DateTime.UnixEpoch", "<span>1970-01-01 00:00:00Z</span>", "1970-01-01 00:00:00Z" },
        { "new DateOnly(2024, 1, 2)", "2024-01-02", "2024-01-02" },
        { "DayOfWeek.Monday", "<span>Monday</span>", "Monday" },
        { "F.A | F.B", "<span>A, B</span>", "A, B" },
        { "TimeSpan.FromSeconds(5)", "<span>00:00:05</span>", "00:00:05" },
        { "typeof(string)", "<span><a href=\"https://learn.microsoft.com/dotnet/api/system.string\">System.String</a></span>", "System.String" },
        { "typeof(P)", "<span>P</span>", "P" },
        { "new Uri(\"http://x/a?b=1&c=2\")", "<span><a href=\"http://x/a?b=1&amp;c=2\">http://x/a?b=1&amp;c=2</a></span>", "http://x/a?b=1&c=2" },
        { "new Uri(\"javascript:alert(1)\")", "<span>javascript:alert(1)</span>", "javascript:alert(1)" },
        { "new { Name = \"Ann\", Age = 3 }", "<details open=\"open\" class=\"dni-treeview\"><summary><span class=\"dni-code-hint\"><code>{ Name = &quot;Ann&quot;, Age = 3 }</code></span></summary><table><tbody><tr><td>Name</td><td>Ann</td></tr><tr><td>Age</td><td>3</td></tr></tbody></table></details>", "{ Name = \"Ann\", Age = 3 }" },
        { "new P(\"a\", 1)", "<td>Name</td><td>a</td>", "P { Name = \"a\", Age = 1 }" },
        { "new Own()", "<code>own!</code></span></summary><table><tbody><tr><td>X</td><td>1</td></tr>", "own!" },
        { "new Bad()", "<td>B</td><td>⚠ InvalidOperationException: no</td>", "B = ⚠ InvalidOperationException: no" },
        { "(1, \"two\", 3)", "<td>Item2</td><td>two</td>", "(1, \"two\", 3)" },
        { "new List<int> { 1, 2, 3 }", "<div class=\"dni-plaintext\"><pre>[ 1, 2, 3 ]</pre></div>", "[ 1, 2, 3 ]" },
        { "new[] { \"a\", \"b\" }", "<pre>[ a, b ]</pre>", "[ \"a\", \"b\" ]" },
        { "Array.Empty<int>()", "<pre>[ ]</pre>", "[ ]" },
        { "Endless()", "… more ]", "… more" },
        { "Enumerable.Range(0, 50).ToList()", "… 30 more ]", "… 30 more" },
        { "new List<P> { new(\"a\", 1), new(\"b<\", 2) }", "<table><thead><tr><th>Name</th><th>Age</th></tr></thead><tbody><tr><td>a</td><td>1</td></tr><tr><td>b&lt;</td><td>2</td></tr></tbody></table>", "Name  Age\n----  ---\na     1\nb<    2" },
        { "new P[] { new(\"a\", 1), null }", "<tr><td></td><td></td></tr>", "Name  Age" },
        { "new object[] { new P(\"a\", 1), new { Name = \"x\", City = \"y\" } }", "<th>Name</th><th>Age</th><th>City</th></tr></thead><tbody><tr><td>a</td><td>1</td><td></td></tr><tr><td>x</td><td></td><td>y</td></tr>", "City" },
        { "new object[] { 1, new P(\"a\", 1) }", "<th>index</th><th>type</th><th>value</th>", "[ 1, P { Name = \"a\", Age = 1 } ]" },
        { "new[] { (1, \"a\"), (2, \"b\") }", "<th>Item1</th><th>Item2</th>", "Item1  Item2" },
        { "new[] { new Dictionary<string, object> { [\"a\"] = 1 }, new() { [\"b\"] = 2, [\"a\"] = 3 } }", "<th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td></td></tr><tr><td>3</td><td>2</td></tr>", "a  b" },
        { "\"aab\".GroupBy(c => c)", "<th>key</th><th>values</th></tr></thead><tbody><tr><td>a</td><td>[ a, a ]</td></tr>", "key  values" },
        { "new[] { new P(\"a\", 1) }.AsQueryable().Where(p => p.Age > 0)", "<th>Name</th>", "Name" },
        { "new Dictionary<string, int> { [\"a\"] = 1 }", "<table><thead><tr><th>key</th><th>value</th></tr></thead><tbody><tr><td>a</td><td>1</td></tr></tbody></table>", "{ \"a\": 1 }" },
        { "new[] { new[] { 1, 2 }, new[] { 3 } }", "<tr><th></th><th>0</th><th>1</th></tr></thead><tbody><tr><th>0</th><td>1</td><td>2</td></tr><tr><th>1</th><td>3</td><td></td></tr>", "0  1  2" },
        { "new int[,] { { 1, 2 }, { 3, 4 } }", "<tr><th>1</th><td>3</td><td>4</td></tr>", "1  3  4" },
        { "new int[1, 1, 2]", "<td>0</td><td><table>", "0  0" },
        { "new byte[] { 1, 2, 65 }", "<pre class=\"dni-binary\">00000000  01 02 41", "|..A|" },
        { "new ReadOnlyMemory<int>(new[] { 1, 2 })", "[ 1, 2 ]", "[ 1, 2 ]" },
        { "new HashSet<int> { 1 }", "[ 1 ]", "[ 1 ]" },
        { "JsonDocument.Parse(\"{\\\"a\\\":[1]}\")", "&quot;a&quot;: [", "\"a\": [" },
        { "JsonNode.Parse(\"{\\\"a\\\":\\\"é\\\"}\")", "&quot;a&quot;: &quot;&#233;&quot;", "\"a\": \"é\"" },
        { "Task.FromResult(5)", "Task&lt;int&gt;: RanToCompletion, result 5", "Task<int>: RanToCompletion, result 5" },
        { "Task.FromException(new Exception(\"boom\"))", "boom", "Task: Faulted, Exception: boom" },
        { "new ValueTask<int>(5)", "await", "ValueTask<int>" },
        { "Later()", "await foreach", "IAsyncEnumerable<int> (read it with await foreach)" },
        { "new Exception(\"boom\", new ArgumentException(\"inner\"))", "<code>System.Exception: boom</code>", "Exception: boom\n  caused by ArgumentException: inner" },
        { "table", "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>x</td></tr><tr><td>2</td><td>&lt;null&gt;</td></tr></tbody></table>", "A  B\n-  ------\n1  x\n2  <null>" },
        { "table.Rows[0]", "<td>1</td><td>x</td>", "1  x" },
        { "table.Rows", "<th>A</th><th>B</th>", "A  B" },
        { "table.DefaultView", "<th>A</th><th>B</th>", "A  B" },
        { "var set = new DataSet(); set.Tables.Add(table.Copy()); set", "<p>T</p><table>", "T\nA  B" },
        { "(Func<int, string>)(x => \"\")", "Func&lt;int, string&gt;: lambda", "Func<int, string>: lambda" },
        { "typeof(int).GetMethod(\"Parse\", new[] { typeof(string) })", "int int.Parse(string s)", "int int.Parse(string s)" },
        { "new MemoryStream(new byte[10])", "MemoryStream of 10 bytes, at 0", "MemoryStream of 10 bytes, at 0" },
        { "Regex.Match(\"abc\", \"b\")", "<pre>b</pre>", "b" },
        { "XElement.Parse(\"<a><b/></a>\")", "&lt;a&gt;\n  &lt;b /&gt;\n&lt;/a&gt;", "<a>\n  <b />\n</a>" },
        { "BigInteger.Pow(2, 100)", "1267650600228229401496703205376", "1267650600228229401496703205376" },
        { "new Complex(1, 2)", "&lt;1; 2&gt;", "<1; 2>" },
        { "new Vector3(1.5f, 2, 3)", "&lt;1.5, 2, 3&gt;", "<1.5, 2, 3>" },
        { "new Version(1, 2)", "1.2", "1.2" },
        { "HTML(\"<b>x</b>\")", "<b>x</b>", "x" },
        { "var n = new Node(); n.Next = n; n.Kids.Add(n); n.Kids.Add(n); n", "…", "…" },
        { "Enumerable.Range(0, 20).Select(a => Enumerable.Range(0, 20).Select(b => Enumerable.Range(0, 20).Select(c => Enumerable.Range(0, 20).Select(d => new { d, e = Enumerable.Range(0, 20) }))))", "<table>", "…" },
        { "new { S = new string('x', 30000) }", "… 20000 more characters", "… 20000 more characters" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_is_shown_as_HTML_and_as_text(string code, string html, string text)
    {
        await _notebook.RunWellAsync(Declarations);

        var shown = (await _notebook.RunWellAsync(code)).Result;

        Assert.Contains(html, ((string)shown["text/html"]!).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains(text, ((string)shown["text/plain"]!).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("<style", (string)shown["text/html"]!, StringComparison.Ordinal);
        Assert.True(((string)shown["text/html"]!).Length < 500_000);
    }

    [Fact]
    public async Task A_string_is_its_text_complete_and_as_it_is()
    {
        var shown = (await _notebook.RunWellAsync("\"hello <b>\\u0001\" + new string('x', 100000)")).Result;
        Assert.Equal("hello <b>\u0001" + new string('x', 100_000), (string)Assert.Single(shown).Value!);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_does_not_break_the_message() =>
        Assert.Contains("ab", (await _notebook.RunWellAsync("new[] { \"ab\\ud800c\" }")).Result.ToJsonString(), StringComparison.Ordinal);

    [Fact]
    public async Task The_bytes_of_an_image_are_shown_as_the_image()
    {
        var shown = (await _notebook.RunWellAsync("Convert.FromBase64String(\"iVBORw0KGgoAAAANSUhEUg==\")")).Result;
        Assert.Equal("iVBORw0KGgoAAAANSUhEUg==", (string)shown["image/png"]!);
        Assert.Equal("PNG image, 16 bytes", (string)shown["text/plain"]!);
    }

    public void Dispose() => _notebook.Dispose();
}
