using CSharpKernel.Completion;

namespace CSharpKernel.Tests.Scripting.Rewriting;

public sealed class ExtensionMethodTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task A_static_class_with_extension_methods_works_in_its_cell_in_itself_and_in_later_cells()
    {
        Assert.Equal("A!a", (await _notebook.RunWellAsync("""
            static class Words
            {
                public static string Shout(this string text, string end = "!") => text.ToUpper() + end + text.Quiet();
                private static string Quiet(this string text) => text.ToLower();
            }
            class Other { public string Call() => "a".Shout(); }
            new Other().Call()
            """)).ResultText);
        Assert.Equal("B?bC!c", (await _notebook.RunWellAsync("\"b\".Shout(\"?\") + Words.Shout(\"c\")")).ResultText);
        Assert.Equal("[ \"X!x\" ]", (await _notebook.RunWellAsync("new[] { \"x\" }.Select(each => each.Shout()).ToList()")).ResultText);
    }

    [Fact]
    public async Task Every_kind_of_parameter_and_result_is_handed_over()
    {
        await _notebook.RunWellAsync("""
            static class All
            {
                public enum Mode { A, B }
                public static ref int At(this int[] items, in int index) => ref items[index];
                public static void Increase(ref this int value) => value++;
                public static bool TryHalf(this int value, out int half) { half = value / 2; return value % 2 == 0; }
                public static async Task<int> Later(this int value, params int[] more) { await Task.Yield(); return value + more.Sum(); }
                public static IEnumerable<int> Upto(this int end) { for (var i = 0; i < end; i++) yield return i; }
                public static T Second<T>(this IEnumerable<T> items) where T : notnull => items.Skip(1).First();
                public static Mode Get(this string text, Mode mode = Mode.B) => mode;
                public static string Name<T>(this T value, [System.Runtime.CompilerServices.CallerArgumentExpression("value")] string name = "") => name;
            }
            """);
        Assert.Equal("(4, 9, 3, 9, 6, \"0,1,2\", B, \"k\")", (await _notebook.RunWellAsync("""
            var k = 3; k.Increase(); int[] items = [1, 2]; items.At(1) = 9; 6.TryHalf(out var half);
            (k, items[1], half, items.Second(), await 1.Later(2, 3), string.Join(",", 3.Upto()), "".Get(), k.Name())
            """)).ResultText);
    }

    [Fact]
    public async Task A_type_of_an_earlier_cell_can_be_extended_and_the_newest_extension_wins()
    {
        await _notebook.RunWellAsync("record Person(string Name);");
        const string Cell = "static class PersonExtensions { public static string Full(this Person person) => person.Name + \"1\"; }";
        await _notebook.RunWellAsync(Cell);
        await _notebook.RunWellAsync(Cell);
        Assert.Equal("x1", (await _notebook.RunWellAsync("new Person(\"x\").Full()")).ResultText);
        await _notebook.RunWellAsync(Cell.Replace("\"1\"", "\"2\"", StringComparison.Ordinal));
        Assert.Equal("x2", (await _notebook.RunWellAsync("new Person(\"x\").Full()")).ResultText);
    }

    [Theory]
    [InlineData("static class Bad { public static string Foo(this Unknown text) => missing; }", "(1,50): error CS0246", "(this Unknown text)")]
    [InlineData("static class Bad { public static int Foo(this string text) => unknown; }", "(1,63): error CS0103", "(this string text)")]
    [InlineData("static class Bad { public static int Foo(this string text) => 1", "(1,64): error CS1002", "(this string text)")]
    [InlineData("string Foo(string a) => a; static class Same { public static string Foo(this string a) => a; }", "(1,69): error CS0111", "(this string a)")]
    public async Task Errors_stand_where_they_are_and_show_what_was_written(string cell, string start, string shown)
    {
        var output = await _notebook.RunAsync(cell);
        Assert.StartsWith(start, output.Error.Value, StringComparison.Ordinal);
        Assert.Contains(shown, output.Traceback, StringComparison.Ordinal);
        Assert.DoesNotContain("Submission#", output.Traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_extension_method_throws_shows_its_line_and_not_the_method_that_hands_over()
    {
        var output = await _notebook.RunAsync("static class Throwing { public static string Fail(this string text) => throw new InvalidOperationException(text); }\n\"x\".Fail()");
        Assert.Contains("at Throwing.Fail(string)", output.Traceback, StringComparison.Ordinal);
        Assert.Equal(2, output.Error.Traceback.Count(line => line.StartsWith("   at", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Extensions_are_completed_in_their_cell_and_in_later_ones()
    {
        const string Cell = "static class Words { public static string Shout(this string text) => text; }\n";
        var assistant = new CodeAssistant(_notebook.Engine);
        Assert.Contains(Complete(Cell + "\"a\".Sho").Matches, match => match.Text == "Shout");
        await _notebook.RunWellAsync(Cell + "\"a\".Shout()");
        Assert.Contains(Complete("\"a\".Sho").Matches, match => match.Text == "Shout");

        CompletionMatches Complete(string code) => assistant.Complete(code, code.Length, TestContext.Current.CancellationToken);
    }
}
