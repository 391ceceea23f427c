namespace CSharpKernel.Tests.Scripting.Recursion;

/// <summary>The many ways in which code can call itself without end, where the compiler's own probes do not look.</summary>
public sealed class EndlessRecursionTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("async Task F() { await F(); }\nawait F();")]
    [InlineData("async Task<int> F(int n) => await F(n + 1);\nawait F(1)")]
    [InlineData("async ValueTask<int> F(int n) { await Task.CompletedTask; return await F(n + 1); }\nawait F(1)")]
    [InlineData("{ async Task<int> F(int n) => await F(n + 1); await F(1); }")]
    [InlineData("Func<int, Task<int>> f = null!; f = async n => await f(n + 1); await f(1)")]
    [InlineData("Func<int, int> f = null!; f = n => f(n + 1); f(0)")]
    [InlineData("Func<int, int> f = null!;\n{ f = n => { return f(n + 1); }; f(0); }")]
    [InlineData("Action a = null!; a = () => a(); a();")]
    [InlineData("delegate T Self<T>(Self<T> self); Self<int> s = x => x(x); s(s)")]
    [InlineData("class Holder { public Func<Holder, int> Next = h => h.Next(h); } var h = new Holder(); h.Next(h)")]
    [InlineData("class V { public static V operator +(V a, V b) => a + b; } new V() + new V()")]
    [InlineData("class V { public static implicit operator int(V a) => (int)a; } (int)new V()")]
    [InlineData("class V { public int this[int i] => this[i + 1]; } new V()[0]")]
    [InlineData("class V { public int P { get => P; set => P = value; } } new V().P = 1;")]
    [InlineData("class V { private V _v; public V() => _v = new V(); } new V()")]
    [InlineData("class V { private V _v = new V(); } new V()")]
    [InlineData("class V { public override string ToString() => $\"{this}\"; } new V().ToString()")]
    [InlineData("class V { public override bool Equals(object o) => o.Equals(this); public override int GetHashCode() => 1; } new V().Equals(new V())")]
    [InlineData("record Node(string Name) { public Node Next { get; set; } } var n = new Node(\"a\"); n.Next = n; n.ToString()")]
    [InlineData("record Node(string Name) { public Node Next { get; set; } } var n = new Node(\"a\"); n.Next = n; n.GetHashCode()")]
    [InlineData("var x = new List<object>(); record Deep(List<object> L) { public override string ToString() => L[0].ToString()!; } var d = new Deep(x); x.Add(d); d.ToString()")]
    [InlineData("interface IRun { int Run(); } class A : IRun { public IRun Other; public int Run() => Other.Run(); } var a = new A(); a.Other = a; a.Run()")]
    [InlineData("interface IRun { int Run() => Run(); } class A : IRun { } ((IRun)new A()).Run()")]
    [InlineData("abstract class B { public abstract int Run(); public int Go() => Run(); } class C : B { public override int Run() => Go(); } new C().Go()")]
    [InlineData("T F<T>(T x) => F<T>(x); F(1)")]
    [InlineData("int F<T>(int n) => F<List<int>>(n + 1) + 1; F<int>(1)")]
    [InlineData("static class S { public static int Down(this int n) => (n - 1).Down(); } 1.Down()")]
    [InlineData("int Sum(int[] x) => x.Select(y => Sum(x)).Sum(); Sum([1, 2])")]
    [InlineData("unsafe { delegate*<int, int> p = &S.F; S.P = p; S.F(1); } unsafe static class S { public static delegate*<int, int> P; public static int F(int n) => P(n + 1); }")]
    [InlineData("struct V : IDisposable { public void Dispose() { using var v = new V(); } } new V().Dispose();")]
    [InlineData("class V { public static bool operator ==(V a, V b) => a == b; public static bool operator !=(V a, V b) => a != b; } new V() == new V()")]
    [InlineData("namespace Deep { public class V { public int Run(int n) => Run(n + 1); } }\nnew Deep.V().Run(1)")]
    [InlineData("static class E { extension(int n) { public int Down => (n - 1).Down; } }\n1.Down")]
    [InlineData("dynamic d = null!; d = (Func<dynamic, dynamic>)(x => d(x)); d(1)")]
    public async Task However_it_comes_about_it_is_an_error_of_its_cell(string code)
    {
        await _notebook.RunWellAsync("var kept = 41;");

        var output = await _notebook.RunAsync(code);

        Assert.True(output.Outcome.Error is not null, "It ended well.");
        Assert.Equal("InsufficientExecutionStackException", output.Error.Name);
        Assert.Contains("cell 2", output.Traceback, StringComparison.Ordinal);
        Assert.Equal("42", (await _notebook.RunWellAsync("kept + 1")).ResultText);
    }
}
