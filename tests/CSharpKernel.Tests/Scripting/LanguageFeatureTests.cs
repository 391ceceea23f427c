namespace CSharpKernel.Tests.Scripting;

/// <summary>What C# 12, 13 and 14 added, declared in one cell and used in the next.</summary>
public sealed class LanguageFeatureTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("class F { public string N { get; set => field = value.Trim(); } = \"\"; }", "new F { N = \" a \" }.N", "a")]
    [InlineData("class N { public int V; }\nN n = new(); N none = null; none?.V = 3;", "n?.V += 4; n.V", "4")]
    [InlineData("using Names = System.Collections.Generic;", "nameof(Dictionary<,>)", "Dictionary")]
    [InlineData("static int Sum(ReadOnlySpan<int> s) { var sum = 0; foreach (var v in s) sum += v; return sum; }", "Sum(new[] { 1, 2, 3 })", "6")]
    [InlineData("delegate bool Reads(string s, out int r);\nReads reads = (s, out r) => int.TryParse(s, out r);", "reads(\"4\", out var four); four", "4")]
    [InlineData("partial class P { public partial event Action E; public partial P(int x); }\npartial class P { public int X; public partial event Action E { add { X++; } remove { } } public partial P(int x) { X = x; } }", "var p = new P(3); p.E += () => { }; p.X", "4")]
    [InlineData("class A { public int V; public void operator +=(int x) => V += x; public void operator ++() => V++; }\nvar a = new A();", "a += 5; a++; a.V", "6")]
    [InlineData("int[] four = [1, .. new[] { 2, 3 }, 4];", "List<int> all = [.. four]; all.Count", "4")]
    [InlineData("class C(int a, string b) { public string S => b + a; }", "class D(int z) : C(z, \"q\") { }\nnew D(2).S", "q2")]
    [InlineData("static int Many(params IEnumerable<int> all) => all.Count();\nstatic int Few(params ReadOnlySpan<int> all) => all.Length;", "Many(1, 2, 3) + Few(1, 2)", "5")]
    [InlineData("var red = \"\\e[1m\";", "red.Length", "4")]
    [InlineData("using System.Threading;\nLock gate = new();", "var held = false; lock (gate) { held = gate.IsHeldByCurrentThread; } held", "True")]
    [InlineData("partial class Q { public partial int V { get; set; } public partial int this[int i] { get; } }\npartial class Q { public partial int V { get => field; set => field = value; } public partial int this[int i] => i; }", "new Q { V = 3 }.V + new Q()[4]", "7")]
    [InlineData("[System.Runtime.CompilerServices.InlineArray(4)] struct Four { private int _first; }\nvar buffer = new Four();", "buffer[2] = 5; buffer[2]", "5")]
    [InlineData("using Point = (int X, int Y);", "Point point = (3, 4); point.Y", "4")]
    [InlineData("var add = (int x, int by = 2) => x + by;", "add(1) + add(1, 5)", "9")]
    [InlineData("var json = $$\"\"\"\n  {\"a\": {{1 + 1}}}\n  \"\"\";", "json", "{\"a\": 2}")]
    [InlineData("class R { public required int X { get; init; } }", "new R { X = 2 }.X", "2")]
    [InlineData("int[] list = [1, 2, 3];", "list is [1, .., var last] ? last : 0", "3")]
    [InlineData("using System.Numerics;\nstatic T Add<T>(params T[] all) where T : INumber<T> { var sum = T.Zero; foreach (var each in all) sum += each; return sum; }", "Add(1.5, 2)", "3.5")]
    [InlineData("byte[] bytes = \"abc\"u8.ToArray();", "bytes.Length + \"ab\"u8.Length", "5")]
    [InlineData("file record Hidden(int A);\nfile static class X { public static int Triple(this int x) => x * 3; }", "new Hidden(1).A + 3.Triple()", "10")]
    [InlineData("using System.Numerics;\nstatic class E { extension<T>(T[] all) where T : INumber<T> { public T Total => all.Aggregate(T.Zero, (x, y) => x + y); } }", "new[] { 1, 2 }.Total", "3")]
    [InlineData("interface INamed { static abstract string Name { get; } }\nstruct S : INamed { public static string Name => \"s\"; }\nstatic string NameOf<T>() where T : INamed => T.Name;", "NameOf<S>()", "s")]
    public async Task It_works_in_a_cell_and_in_the_next(string declaration, string use, string result)
    {
        await _notebook.RunWellAsync(declaration);
        Assert.Equal(result, (await _notebook.RunWellAsync(use)).ResultText);
    }
}
