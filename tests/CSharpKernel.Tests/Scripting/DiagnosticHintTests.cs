namespace CSharpKernel.Tests.Scripting;

public sealed class DiagnosticHintTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("\"abc\".AsSpan()", "end with .ToArray() or .ToString()")]
    [InlineData("var s = stackalloc int[3];", "use it inside { } or in a method")]
    [InlineData("stackalloc int[2]", "use it inside { }")]
    [InlineData("Span<int> F() { Span<int> s = stackalloc int[2]; return s; }", "give back a copy")]
    [InlineData("{ Span<int> s = new int[2]; await Task.Delay(1); Console.Write(s[0]); }", "without await")]
    [InlineData("{ int[] a = [1]; ref int r = ref a[0]; await Task.Delay(1); r = 2; }", "without await")]
    [InlineData("int* p = null;", "write unsafe { }")]
    [InlineData("class A { public static int Bar(this int x) => 1; }", "write static before the class")]
    [InlineData("static class A { extension(int x) { public int Two => 1; } }\nstatic class B { extension(int x) { public int Two => 2; } }\n1.Two", "two static classes extend the type")]
    public async Task An_error_says_what_to_write_instead(string code, string hint) =>
        Assert.Contains(hint, (await _notebook.RunAsync(code)).Traceback, StringComparison.Ordinal);

    [Theory]
    [InlineData("ref int first = ref numbers[0];\nfirst = 5;\nfirst++;\nnumbers[0]")]
    [InlineData("ref readonly var first = ref numbers[0];\nConsole.WriteLine(first);")]
    public async Task A_ref_variable_is_one_error_with_a_hint(string code)
    {
        await _notebook.RunWellAsync("int[] numbers = [1, 2];");

        var traceback = (await _notebook.RunAsync(code)).Traceback;

        Assert.Contains("a ref variable cannot: use it inside { } or in a method", traceback, StringComparison.Ordinal);
        Assert.Equal(1, traceback.Split("error CS").Length - 1);
    }

    [Fact]
    public async Task A_method_that_returns_a_reference_and_lacks_a_body_is_no_variable() =>
        Assert.DoesNotContain("Hint", (await _notebook.RunAsync("ref int First();")).Traceback, StringComparison.Ordinal);

    [Fact]
    public async Task An_extension_block_at_the_top_level_of_a_cell_is_one_error_with_a_hint()
    {
        var traceback = (await _notebook.RunAsync("extension(int x) { public int Foo => 1; }")).Traceback;

        Assert.Contains("Extensions { extension", traceback, StringComparison.Ordinal);
        Assert.DoesNotContain("CS1569", traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_extension_block_for_a_type_of_another_cell_is_told_where_it_belongs_whatever_other_types_have_that_name()
    {
        await _notebook.RunWellAsync("record Point(int X, int Y);");

        var traceback = (await _notebook.RunAsync("static class PointExtensions { extension(Point point) { public int Sum => point.X + point.Y; } }")).Traceback;

        Assert.Contains("Point is declared in another cell. Put what is written here into that cell.", traceback, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Drawing", traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lambdas_become_expression_trees_and_are_quoted_as_they_are_written()
    {
        Assert.Equal("x => (x > 1)", (await _notebook.RunWellAsync("System.Linq.Expressions.Expression<Func<int, bool>> e = x => x > 1;\ne.ToString()")).ResultText);
        Assert.Equal("list => list.All(x => x > 1)", (await _notebook.RunWellAsync("""
            string Assert(Func<int[], bool> test, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(test))] string text = "") => text;
            Assert(list => list.All(x => x > 1))
            """)).ResultText);
    }
}
