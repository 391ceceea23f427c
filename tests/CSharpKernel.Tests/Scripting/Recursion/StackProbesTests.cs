using System.Reflection.Metadata;
using CSharpKernel.Scripting;

namespace CSharpKernel.Tests.Scripting.Recursion;

public sealed class StackProbesTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("int Fact(int n) => n * Fact(n - 1);\nFact(5)", "Fact(int)")]
    [InlineData("int Even(int n) => Odd(n - 1); int Odd(int n) => Even(n - 1);\nEven(3)", "(int)")]
    [InlineData("class Chain { public Chain Inner => Inner; }\nnew Chain().Inner", "Chain.get_Inner()")]
    [InlineData("class Chain { public Chain(int x) { new Chain(x); } }\nnew Chain(1)", "new Chain(int)")]
    [InlineData("void Outer() { int Inner(int n) => Inner(n + 1); Inner(3); }\nOuter()", "Inner(int)")]
    [InlineData("class Key { public override int GetHashCode() => new HashSet<Key> { new Key() }.Count; }\nnew Key().GetHashCode()", "Key.GetHashCode()")]
    [InlineData("int Call(int x) => next(x); Func<int, int> next = null!; next = x => Call(x + 1);\nnext(1)", "Call(int)")]
    [InlineData("IEnumerable<int> Count(int n) { foreach (var x in Count(n + 1)) yield return x; }\nCount(1).ToList()", "Count()")]
    [InlineData("class Tree<T> { public int Depth(T value) => Depth(value) + 1; }\nnew Tree<int>().Depth(1)", "Depth(")]
    [InlineData("async Task F() { await F(); }\nawait F();", "F()")]
    [InlineData("async ValueTask<int> F(int n) => await F(n + 1) + 1;\nawait F(0)", "F()")]
    [InlineData("void Outer() { async Task Inner(int n) { await Inner(n + 1); } Inner(0).GetAwaiter().GetResult(); }\nOuter();", "Inner()")]
    [InlineData("Func<Task> again = null!; again = async () => { await again(); };\nawait again();", "lambda")]
    [InlineData("async IAsyncEnumerable<int> Count(int n) { await foreach (var x in Count(n + 1)) yield return x; }\nawait foreach (var each in Count(0)) { }", "Count()")]
    [InlineData("Func<int, int> next = null!; next = n => next(n + 1) + 1;\nnext(0)", "lambda")]
    [InlineData("delegate int Self(Self self, int n);\nSelf self = (s, n) => s(s, n + 1) + 1; self(self, 0)", "lambda")]
    [InlineData("Action<int> walk = null!; walk = n => { for (var i = 0; i < 2; i++) walk(i); };\nwalk(0)", "lambda")]
    [InlineData("Func<int, int> count = null!; count = n => Enumerable.Range(0, 3).Where(x => count(x) > 0).Count();\ncount(0)", "lambda")]
    [InlineData("dynamic again = null!; again = (Func<int, int>)(n => again(n + 1) + 1);\nagain(0)", "lambda")]
    [InlineData("record Node(int Value) { public Node Next { get; set; } = null!; }\nvar node = new Node(1); node.Next = node; node.GetHashCode()", "Node.GetHashCode()")]
    [InlineData("record Node(int Value) { public Node Next { get; set; } = null!; }\nvar node = new Node(1); node.Next = node; node.ToString()", "Node.")]
    [InlineData("interface IStep { int Go(int n); } class Step : IStep { int IStep.Go(int n) => ((IStep)this).Go(n + 1) + 1; }\n((IStep)new Step()).Go(0)", "Go(int)")]
    [InlineData("unsafe class Pointer { public static int Call(int n) { delegate*<int, int> next = &Call; return next(n + 1) + 1; } }\nPointer.Call(0)", "Pointer.Call(int)")]
    [InlineData("try { int F(int n) => F(n + 1) + 1; F(0); } finally { Console.Write(1); }", "F(int)")]
    [InlineData("namespace Lib { public static class Deep { public static async System.Threading.Tasks.Task Go(int n) { await Go(n + 1); } } }\nawait Lib.Deep.Go(0);", "Lib.Deep.Go()")]
    public async Task Endless_recursion_is_an_error_of_its_cell_that_names_the_method_and_is_short(string code, string method)
    {
        var output = await _notebook.RunAsync(code);
        Assert.Equal("InsufficientExecutionStackException", output.Error.Name);
        Assert.Contains("Endless recursion in", output.Error.Value, StringComparison.Ordinal);
        Assert.Contains(method, output.Error.Value, StringComparison.Ordinal);
        Assert.Contains("more of", output.Traceback, StringComparison.Ordinal);
        Assert.InRange(output.Error.Traceback.Count, 4, 60);
        Assert.Equal("2", (await _notebook.RunWellAsync("1 + 1")).ResultText);
    }

    [Theory]
    [InlineData("later = Early; later(0)")]
    [InlineData("later = n => Early(n); later(0)")]
    public async Task Recursion_by_way_of_an_earlier_cell_is_an_error(string later)
    {
        await _notebook.RunWellAsync("Func<int, int> later = null!; int Early(int n) => later(n + 1) + 1;");
        Assert.Equal("InsufficientExecutionStackException", (await _notebook.RunAsync(later)).Error.Name);
        Assert.Equal("2", (await _notebook.RunWellAsync("1 + 1")).ResultText);
    }

    [Fact]
    public async Task Recursion_by_way_of_a_later_cells_implementation_is_an_error()
    {
        await _notebook.RunWellAsync("interface IStep { int Go(int n); }\nstatic int Go(IStep step, int n) => step.Go(n) + 1;");
        var output = await _notebook.RunAsync("class Step : IStep { public int Go(int n) => Go(this, n + 1) + 1; static int Go(IStep step, int n) => step.Go(n); }\nGo(new Step(), 0)");
        Assert.Equal("InsufficientExecutionStackException", output.Error.Name);
    }

    [Theory]
    [InlineData("Func<int, int> next = null!;\nnext = n =>\n{\n    if (n == 0)\n        return 1;\n    var half = next(n - 1);\n    if (half == 1)\n        throw new ArgumentException();\n    return half;\n};\nnext(1)", 8)]
    [InlineData("Action<int> go = null!;\ngo = n =>\n{\n    for (var i = 0; i < n; i++)\n        go(i);\n    try\n    {\n        go = null!;\n        go(n);\n    }\n    finally\n    {\n        n++;\n    }\n};\ngo(0)", 9)]
    public async Task Errors_in_lambdas_with_a_probe_name_the_right_line(string code, int line)
    {
        var output = await _notebook.RunAsync(code);
        Assert.Contains($"cell 1, line {line}", output.Traceback, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("async Task<int> Depth(int n) => n == 0 ? 0 : 1 + await Depth(n - 1);\nawait Depth(2000)", "2000")]
    [InlineData("Func<int, int> depth = null!; depth = n => n == 0 ? 0 : 1 + depth(n - 1);\ndepth(50_000)", "50000")]
    [InlineData("int Try(int n) { try { return n == 0 ? 0 : Try(n - 1) + 1; } catch (ArgumentException) { return -1; } }\nTry(10_000)", "10000")]
    public async Task Deep_recursion_of_other_kinds_is_no_error(string code, string result) =>
        Assert.Equal(result, (await _notebook.RunWellAsync(code)).ResultText);

    [Fact]
    public async Task Deep_recursion_that_ends_is_no_error() =>
        Assert.Equal("100000", (await _notebook.RunWellAsync("int Depth(int n) => n == 0 ? 0 : 1 + Depth(n - 1); Depth(100_000)")).ResultText);

    [Theory]
    [InlineData("int Add(int a, int b) => a + b;", "Add", false)]
    [InlineData("class Vector { public double X { get => field; set => field = value; } public double Length() => Math.Sqrt(X * X); }", "Length", false)]
    [InlineData("int Twice(int a) { int Once(int b) => b; return Once(a) + Once(a); }", "Twice", false)]
    [InlineData("int Fact(int n) => n < 2 ? 1 : n * Fact(n - 1);", "Fact", true)]
    [InlineData("class Text { public override string ToString() => string.Concat(this, 1); }", "ToString", true)]
    public void Only_methods_that_can_come_back_to_themselves_look_at_the_stack(string code, string method, bool isProbed)
    {
        var type = new ScriptSession().Compile(code, "cell", _notebook.Folder, TestContext.Current.CancellationToken).Type!;
        var body = type.GetNestedTypes(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public).Prepend(type)
            .SelectMany(each => each.GetMethods(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.DeclaredOnly))
            .First(each => each.Name == method).GetMethodBody()!.GetILAsByteArray()!;
        Assert.Equal(isProbed ? [(byte)ILOpCode.Call] : [(byte)ILOpCode.Nop], body[..1]);
    }
}
