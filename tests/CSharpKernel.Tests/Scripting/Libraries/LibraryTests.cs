namespace CSharpKernel.Tests.Scripting.Libraries;

public sealed class LibraryTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task Namespaces_work_in_their_cell_and_in_later_ones_with_and_without_braces()
    {
        Assert.Equal("7", (await _notebook.RunWellAsync("""
            using System;

            namespace Hello
            {
                class Program { static void Main(string[] args) => Console.WriteLine("Hello"); internal static int Seven => 7; }
            }
            namespace Hello.Inner { using System.Globalization; public record Point(int X, int Y) { public CultureInfo? Culture => null; } }
            Hello.Program.Seven
            """)).ResultText);
        Assert.Equal("Point { X = 1, Y = 2, Culture =  }", (await _notebook.RunWellAsync("using Hello.Inner;\nvar point = new Point(1, 2); point.ToString()")).ResultText);
        await _notebook.RunWellAsync("namespace My.Space;\npublic class Base { public int X => 1; }\nclass Derived : Base { }");
        Assert.Equal("2", (await _notebook.RunWellAsync("new My.Space.Derived().X + point.X")).ResultText);
    }

    [Fact]
    public async Task Extension_blocks_extend_in_every_way()
    {
        await _notebook.RunWellAsync("""
            static class Extensions
            {
                extension(string text) { public int Words => text.Split(' ').Length; public string Twice() => text + text; public static string operator *(string a, int n) => string.Concat(Enumerable.Repeat(a, n)); }
                extension(int) { public static int Answer => 42; }
                extension<T>(IEnumerable<T> items) { public bool None => !items.Any(); }
            }
            """);
        Assert.Equal("(2, \"xx\", 42, True, \"ababab\")", (await _notebook.RunWellAsync("(\"a b\".Words, \"x\".Twice(), int.Answer, new List<int>().None, \"ab\" * 3)")).ResultText);
    }

    [Fact]
    public async Task A_declaration_that_is_run_again_changed_replaces_the_former_one_and_the_rest_stays()
    {
        await _notebook.RunWellAsync("namespace Shop { public class Item { public int Price => 1; } public class Basket { public Item First => new(); } }");
        await _notebook.RunWellAsync("namespace Shop.Tools { public static class Sum { public static int Of(Shop.Basket basket) => basket.First.Price; } }");
        await _notebook.RunWellAsync("namespace Shop { public class Item { public int Price => 2; } }");
        Assert.Equal("2", (await _notebook.RunWellAsync("Shop.Tools.Sum.Of(new Shop.Basket())")).ResultText);

        const string Extension = "static class Words { extension(string text) { public int Count => 1; } }\n\"\".Count";
        Assert.Equal("1", (await _notebook.RunWellAsync(Extension)).ResultText);
        Assert.Equal("1", (await _notebook.RunWellAsync(Extension)).ResultText);
        Assert.Equal("2", (await _notebook.RunWellAsync(Extension.Replace("=> 1", "=> 2", StringComparison.Ordinal))).ResultText);
    }

    [Fact]
    public async Task Types_of_the_same_cell_go_along_also_when_an_earlier_cell_had_them_as_its_own()
    {
        await _notebook.RunWellAsync("record Person(string Name);");
        var apart = await _notebook.RunAsync("static class People { extension(Person person) { public string Full => person.Name; } }");
        Assert.Contains("put what they need into the same cell", apart.Traceback, StringComparison.Ordinal);

        const string Together = "record Person(string Name);\nstatic class People { extension(Person person) { public string Full => person.Name + \"!\"; } }\nnew Person(\"x\").Full";
        Assert.Equal("x!", (await _notebook.RunWellAsync(Together)).ResultText);
        Assert.Equal("y!", (await _notebook.RunWellAsync("new Person(\"y\").Full")).ResultText);
        Assert.Equal("x?", (await _notebook.RunWellAsync(Together.Replace("\"!\"", "\"?\"", StringComparison.Ordinal))).ResultText);
        Assert.StartsWith("(3,17): error CS1061", (await _notebook.RunAsync(Together + "y")).Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_of_file_scope_work() =>
        Assert.Equal("3", (await _notebook.RunWellAsync("file class Hidden { public int Value => 3; }\nnew Hidden().Value")).ResultText);

    [Fact]
    public async Task Errors_stand_where_they_are_when_compiled_and_when_run()
    {
        Assert.StartsWith("(2,23): error CS0103", (await _notebook.RunAsync("var x = 1;\nclass A {    int B => unknown; } namespace C { class D : A { } }")).Error.Value, StringComparison.Ordinal);
        var thrown = await _notebook.RunAsync("namespace T\n{\n    public static class Thrower { public static int Go() => throw new InvalidOperationException(\"x\"); }\n}\nT.Thrower.Go()");
        Assert.Contains("line 3", thrown.Traceback, StringComparison.Ordinal);
        Assert.Contains("line 5", thrown.Traceback, StringComparison.Ordinal);
        Assert.Equal("InsufficientExecutionStackException", (await _notebook.RunAsync("namespace R { public static class Deep { public static int Go(int x) => Go(x + 1); } }\nR.Deep.Go(1)")).Error.Name);
    }
}
