namespace CSharpKernel.Tests.Execution;

public sealed class ErrorFormatterTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task An_exception_shows_type_message_and_the_line_of_the_cell()
    {
        var cell = await _notebook.RunAsync("var x = 1;\n\nthrow new InvalidOperationException(\"boom\");");
        Assert.Equal(("InvalidOperationException", "boom"), (cell.Error.Name, cell.Error.Value));
        Assert.Equal(
            "InvalidOperationException: boom\n   at cell 1, line 3\n      throw new InvalidOperationException(\"boom\");", Plain(cell));
    }

    // Debug information of a cell of plain statements is written after it failed.
    [Theory]
    [InlineData("var text = \"x\";\nvar number = 1;\nnumber = int.Parse(text);\nnumber++;")]
    [InlineData("var numbers = new List<int> { 1 };\nvar sum = 0;\nfor (var i = 0; i < 3; i++) sum += numbers[i];\nsum")]
    [InlineData("await Task.Yield();\nvar zero = 0;\nvar result = 1 / zero;\nresult")]
    [InlineData("Console.WriteLine(1);\n\nawait Task.FromException(new Exception(\"late\"));")]
    [InlineData("\n\n_ = new List<int>()\n    .Single();")]
    public async Task Each_statement_that_fails_is_shown_with_its_line(string code) =>
        Assert.Contains("at cell 1, line 3", Plain(await _notebook.RunAsync(code)), StringComparison.Ordinal);

    [Theory]
    [InlineData("try\n{\n    int.Parse(\"x\");\n}\ncatch (Exception e)\n{\n    Console.WriteLine(e);\n}")]
    [InlineData("\n\nConsole.WriteLine(new System.Diagnostics.StackTrace(fNeedFileInfo: true));")]
    [InlineData("\n\nConsole.WriteLine(Environment.StackTrace);")]
    [InlineData("var found = from each in new[] { 1, 0 }\n    orderby each\n    select 1 / each;\ntry { found.ToList(); } catch (Exception e) { Console.WriteLine(e); }")]
    public async Task A_cell_that_looks_at_a_stack_trace_finds_its_lines_in_it(string code) =>
        Assert.Contains("cell 1:line 3", (await _notebook.RunWellAsync(code)).Stdout, StringComparison.Ordinal);

    [Fact]
    public async Task The_way_through_functions_of_earlier_cells_is_shown_and_the_kernel_s_own_is_not()
    {
        await _notebook.RunWellAsync("int Divide(int a, int b)\n{\n    return a / b;\n}");
        var cell = await _notebook.RunAsync("var y = 2;\nDivide(1, 0)");
        Assert.Contains("at Divide", Plain(cell), StringComparison.Ordinal);
        Assert.Contains("in cell 1, line 3", Plain(cell), StringComparison.Ordinal);
        Assert.Contains("at cell 2, line 2", Plain(cell), StringComparison.Ordinal);
        Assert.DoesNotContain("CSharpKernel", Plain(cell), StringComparison.Ordinal);
        Assert.DoesNotContain("System.Runtime", Plain(cell), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Causes_are_shown_below_what_they_caused()
    {
        var cell = await _notebook.RunAsync("try { int.Parse(\"x\"); } catch (Exception e) { throw new InvalidOperationException(\"outer\", e); }");
        Assert.Contains("caused by FormatException: The input string 'x' was not in a correct format.", Plain(cell), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("await Task.Run(() => throw new InvalidOperationException(\"inside\"));")]
    [InlineData("Task.Run(() => throw new InvalidOperationException(\"inside\")).Wait();")]
    [InlineData("await Task.WhenAll(Task.Run(() => throw new InvalidOperationException(\"inside\")));")]
    public async Task What_a_task_threw_is_the_error(string code)
    {
        var cell = await _notebook.RunAsync(code);
        Assert.Equal(("InvalidOperationException", "inside"), (cell.Error.Name, cell.Error.Value));
    }

    [Fact]
    public async Task All_of_several_errors_are_named()
    {
        var cell = await _notebook.RunAsync("throw new AggregateException(new Exception(\"first\"), new ArgumentException(\"second\"));");
        Assert.Contains("caused by Exception: first", Plain(cell), StringComparison.Ordinal);
        Assert.Contains("and ArgumentException: second", Plain(cell), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compiler_s_error_points_at_its_place()
    {
        var cell = await _notebook.RunAsync("var a = 1;\nvar b = c + 1;");
        Assert.Equal(("CompilationError", "(2,9): error CS0103: The name 'c' does not exist in the current context"), (cell.Error.Name, cell.Error.Value));
        Assert.Contains("  2 | var b = c + 1;\n    |         ^", Plain(cell), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_type_without_its_using_gets_a_hint() =>
        Assert.EndsWith("Hint: Stopwatch is known after using System.Diagnostics;", Plain(await _notebook.RunAsync("Stopwatch.StartNew()")), StringComparison.Ordinal);

    [Theory]
    [InlineData("var y = 6\nvar w = 7;", "ends with a semicolon")]
    [InlineData("Console.Writeline(1);", "did you mean WriteLine?")]
    [InlineData("\"text\".Lenght", "did you mean Length?")]
    [InlineData("int z = 5; if (z = 6) { }", "== compares")]
    [InlineData("Task<string> Get() => Task.FromResult(\"a\");\nGet().Length", "write await before")]
    [InlineData("Span<int> span = new int[3];", "inside { } or in a method")]
    [InlineData("yield return 3;", "IEnumerable<T>")]
    public async Task Errors_that_beginners_meet_say_what_to_do(string code, string hint) =>
        Assert.Contains(hint, Plain(await _notebook.RunAsync(code)), StringComparison.Ordinal);

    [Fact]
    public async Task Many_errors_are_cut_after_ten()
    {
        var cell = await _notebook.RunAsync(string.Join('\n', Enumerable.Range(0, 25).Select(i => $"missing{i}();")));
        Assert.Contains("missing9", Plain(cell), StringComparison.Ordinal);
        Assert.DoesNotContain("missing10", Plain(cell), StringComparison.Ordinal);
        Assert.EndsWith("… and 15 more errors", Plain(cell), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_those_of_the_cell_also_below_magics()
    {
        var cell = await _notebook.RunAsync("#!time\n#!markdown\ntext\n#!csharp\nthrow new Exception(\"x\");");
        Assert.Contains("at cell 1, line 5", Plain(cell), StringComparison.Ordinal);
        Assert.StartsWith("(3,1): error CS0103", (await _notebook.RunAsync("#!time\n\nmissing();")).Error.Value, StringComparison.Ordinal);
    }

    private static string Plain(Output cell) => System.Text.RegularExpressions.Regex.Replace(cell.Traceback, "\e\\[\\d+m", "");
}
