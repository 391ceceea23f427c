namespace CSharpKernel.Tests.Execution;

public sealed class CSharpEngineTests(Notebook notebook) : IClassFixture<Notebook>
{
    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("\"text <b>\"", "text <b>")]
    [InlineData("return 5;", "5")]
    [InlineData("int assigned = 1; assigned = 9", "9")]
    [InlineData("(string?)null", "<null>")]
    [InlineData("await Task.FromResult(7)", "7")]
    [InlineData("int[] numbers = [1, 2, 3]; numbers", "[ 1, 2, 3 ]")]
    [InlineData("1.5", "1.5")]
    [InlineData("""unsafe { int i = 3; int* p = &i; Console.Write(*p); } 4""", "4")]
    public async Task A_trailing_value_is_the_result(string code, string expected)
    {
        Assert.Equal(expected, (await notebook.RunWellAsync(code)).ResultText);
    }

    [Theory]
    [InlineData("1.ToString();")]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("// only a comment")]
    [InlineData("using System.IO;")]
    [InlineData("class Empty { }")]
    // Compiled with probes, a field with an initial value once seemed never assigned.
    [InlineData("class Counter { public int Start = 1; }\nvar counter = new Counter();")]
    [InlineData("var union = new List<int>();\nunion.Add(1);")]
    public async Task Code_without_a_value_shows_nothing(string code)
    {
        Assert.Empty((await notebook.RunWellAsync(code)).Shown);
    }

    [Fact]
    public async Task A_call_without_a_value_needs_no_semicolon()
    {
        var output = await notebook.RunWellAsync("Console.Write(\"x\")");

        Assert.Equal("x", output.Stdout);
        Assert.DoesNotContain(output.Shown, each => each.Kind == "result");
    }

    [Fact]
    public async Task State_and_usings_persist_over_cells()
    {
        await notebook.RunWellAsync("using System.Globalization; var kept = 40; int Add(int a) => a + kept; record Point(int X, int Y); class Holder { public int Value { get; set => field = value * 2; } }");
        await notebook.RunWellAsync("kept++;");

        Assert.Equal("43", (await notebook.RunWellAsync("Add(2)")).ResultText);
        Assert.Equal("CultureInfo", (await notebook.RunWellAsync("nameof(CultureInfo)")).ResultText);
        Assert.Equal("Point { X = 1, Y = 5 }", (await notebook.RunWellAsync("new Point(1, 2) with { Y = 5 }")).ResultText);
        Assert.Equal("6", (await notebook.RunWellAsync("new Holder { Value = 3 }.Value")).ResultText);
    }

    [Fact]
    public async Task A_variable_can_be_declared_again_with_another_type()
    {
        await notebook.RunWellAsync("var again = 1;");
        await notebook.RunWellAsync("var again = \"text\";");

        Assert.Equal("4", (await notebook.RunWellAsync("again.Length")).ResultText);
    }

    [Fact]
    public async Task Variables_of_patterns_and_out_arguments_persist()
    {
        await notebook.RunWellAsync("int.TryParse(\"12\", out var parsed);");

        Assert.Equal("12", (await notebook.RunWellAsync("parsed")).ResultText);
    }

    [Fact]
    public async Task A_cell_that_throws_keeps_the_state()
    {
        await notebook.RunWellAsync("var safe = 1;");
        var output = await notebook.RunAsync("safe = 2;\nthrow new InvalidOperationException(\"on purpose\");");

        Assert.Equal("InvalidOperationException", output.Error.Name);
        Assert.Equal("on purpose", output.Error.Value);
        Assert.Equal("2", (await notebook.RunWellAsync("safe")).ResultText);
    }

    [Fact]
    public async Task A_failed_declaration_leaves_the_former_value()
    {
        await notebook.RunWellAsync("int Fail() => throw new InvalidOperationException(); var former = 5;");
        await notebook.RunAsync("var former = Fail();");

        Assert.Equal("5", (await notebook.RunWellAsync("former")).ResultText);
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_keeps_the_state()
    {
        await notebook.RunWellAsync("var before = 3;");
        await notebook.RunAsync("var before = undefinedName;");

        Assert.Equal("3", (await notebook.RunWellAsync("before")).ResultText);
    }

    [Fact]
    public async Task Await_foreach_works_at_the_top_level()
    {
        var output = await notebook.RunWellAsync("""
            async IAsyncEnumerable<int> Count() { for (var i = 0; i < 3; i++) { await Task.Yield(); yield return i; } }
            await foreach (var i in Count()) Console.Write(i);
            """);

        Assert.Equal("012", output.Stdout);
    }

    [Fact]
    public async Task Ambient_values_flow_from_cell_to_cell()
    {
        await notebook.RunWellAsync("var ambient = new System.Threading.AsyncLocal<string>(); ambient.Value = \"first\";");
        Assert.Equal("first", (await notebook.RunWellAsync("ambient.Value")).ResultText);

        await notebook.RunWellAsync("await Task.Delay(1); ambient.Value = \"after await\"; await Task.Yield();");
        Assert.Equal("after await", (await notebook.RunWellAsync("ambient.Value")).ResultText);
    }

    [Fact]
    public async Task Code_that_blocks_on_its_own_tasks_does_not_hang()
    {
        var output = await notebook.RunWellAsync("async Task<int> Slow() { await Task.Delay(5); return 8; } Slow().Result");

        Assert.Equal("8", output.ResultText);
    }

    [Fact]
    public async Task Output_of_a_background_task_appears_under_its_own_cell()
    {
        var first = await notebook.RunWellAsync("var go = new TaskCompletionSource(); var work = Task.Run(async () => { await go.Task; Console.Write(\"late\"); });");
        var second = await notebook.RunWellAsync("go.SetResult(); await work;");
        var deadline = DateTime.UtcNow.AddSeconds(10);
        while (first.Stdout.Length == 0 && DateTime.UtcNow < deadline)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        Assert.Equal("late", first.Stdout);
        Assert.Equal("", second.Stdout);
    }

    [Fact]
    public async Task Two_thousand_lines_are_few_messages_in_order()
    {
        var output = await notebook.RunWellAsync("for (var i = 0; i < 2000; i++) Console.WriteLine(i);");

        Assert.Equal(string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i}\n")), output.Stdout);
        Assert.True(output.Shown.Count < 200, $"{output.Shown.Count} messages");
    }

    [Fact]
    public async Task Streams_and_displays_keep_their_order()
    {
        var output = await notebook.RunWellAsync("Console.Write(\"a\\r\"); Console.Error.Write(\"b\"); display(1); Console.Write(\"c\"); 2");

        Assert.Equal(["stdout", "stderr", "display", "stdout", "result"], output.Shown.Select(each => each.Kind));
        Assert.Equal("a\r", output.Shown[0].Name);
    }

    [Fact]
    public async Task Versions_that_dotnet_unifies_are_not_warned_about_but_forgotten_awaits_are()
    {
        var output = await notebook.RunWellAsync("async Task Forgotten() { Task.Delay(1); await Task.Yield(); } HTML(\"<b>x</b>\")");

        Assert.Contains("warning CS4014", output.Stderr, StringComparison.Ordinal);
        Assert.StartsWith("(1,26)", output.Stderr, StringComparison.Ordinal);
        Assert.DoesNotContain("CS1701", output.Stderr, StringComparison.Ordinal);
        Assert.Equal("<b>x</b>", output.Result["text/html"]!.ToString());
        Assert.Equal("x", output.ResultText);
    }

    [Fact]
    public async Task Input_is_asked_of_the_user()
    {
        var output = await notebook.RunAsync(
            "Console.WriteLine(input(\"Name? \")); Console.WriteLine(password(\"Word? \").GetClearTextPassword().Length); Console.ReadLine()",
            (prompt, hidden) => prompt + hidden);

        Assert.Equal("Name? False\n10\n", output.Stdout);
        Assert.Equal("False", output.ResultText);
    }

    [Fact]
    public async Task Input_that_nobody_can_give_is_an_error()
    {
        Assert.Equal("InvalidOperationException", (await notebook.RunAsync("input(\"Name?\")")).Error.Name);
    }

    [Fact]
    public async Task Load_runs_a_script_beside_the_notebook()
    {
        notebook.WriteFile("part.csx", "int FromScript() => 11;");

        Assert.Equal("11", (await notebook.RunWellAsync("#load \"part.csx\"\nFromScript()")).ResultText);
    }

    [Fact]
    public async Task Paths_may_begin_at_the_users_home()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var path = "~/" + Path.GetRelativePath(home, notebook.WriteFile("part.csx", "int FromScript() => 12;")).Replace('\\', '/');

        Assert.Equal("12", (await notebook.RunWellAsync($"#load \"{path}\"\nFromScript()")).ResultText);
        Assert.Equal("13", (await notebook.RunWellAsync($"#!import {path}\nFromScript() + 1")).ResultText);
    }

    [Theory]
    [InlineData("part.ipynb")]
    [InlineData("part.DIB")]
    public async Task Load_of_a_notebook_names_what_runs_one(string name)
    {
        notebook.WriteFile(name, "#!csharp\n1");

        var error = (await notebook.RunAsync($"#load \"{name}\"\n1")).Error;

        Assert.Equal(("ReferenceException", $"#load reads files of C# code, and {name} is a notebook. Write #!import {name} to run its cells here."), (error.Name, error.Value));
    }

    [Fact]
    public async Task An_expression_is_evaluated_beside_the_cells()
    {
        await notebook.RunWellAsync("var forExpression = 20;");

        var (value, error) = await notebook.Engine.EvaluateAsync("forExpression + 1", new Output(), TestContext.Current.CancellationToken);
        Assert.Null(error);
        Assert.Equal("21", value!.Data["text/plain"]);
        Assert.Equal("CompilationError", (await notebook.Engine.EvaluateAsync("nothingKnown", new Output(), TestContext.Current.CancellationToken)).Error!.Name);
    }

    [Fact]
    public async Task A_question_mark_on_a_reference_type_needs_no_directive_and_gives_no_warning() =>
        Assert.Equal("", (await notebook.RunWellAsync("string? name = null;")).Stderr);

    [Fact]
    public async Task An_error_whose_line_the_optimized_code_does_not_know_still_names_its_cell() =>
        Assert.Matches("at .*cell [0-9]+", (await notebook.RunAsync("string[] names = [\"a\"];\n\nnames[2]")).Traceback);
}
