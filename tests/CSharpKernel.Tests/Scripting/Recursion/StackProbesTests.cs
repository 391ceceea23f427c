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
