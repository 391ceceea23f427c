using NotebookTestRunner.Checks.HiddenState;

namespace NotebookTestRunner.Tests.Checks.HiddenState;

/// <summary>Which names of a cell's code are the cell's own, and which it takes from others.</summary>
public sealed class CSharpCellNamesTests
{
    [Theory]
    [InlineData("namespace A { class B { } delegate void C(); }", "B C")]
    [InlineData("int x = 1, y = 2;", "x y")]
    [InlineData("{ var inner = 1; }", "")]
    [InlineData("int F(int p) => p;", "F")]
    [InlineData("delegate int D(int p);", "D")]
    [InlineData("enum E { One }", "E")]
    [InlineData("int P { get; set; }", "P")]
    [InlineData("event System.Action Happened { add { } remove { } }", "Happened")]
    [InlineData("var (a, b) = (1, 2);", "a b")]
    [InlineData("int.TryParse(text, out var number);", "number")]
    [InlineData("list.ForEach(item => int.TryParse(item, out var inner));", "")]
    [InlineData("#!set --name threshold --value 3", "threshold")]
    [InlineData("#!share --from python frame", "frame")]
    [InlineData("#!share frame --from python --as table", "table")]
    public void What_stays_in_the_session_is_defined(string code, string names) => Assert.Equal(names, string.Join(' ', CSharpCellNames.Read(1, code).Defines.Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("class C<T> { T item; }")]
    [InlineData("class C { delegate void Inner(); Inner call; }")]
    [InlineData("enum E { One, Two = One }")]
    [InlineData("class C { int Size { get; } int Twice() => Size; }")]
    [InlineData("class C { event D Done { add { } remove { } } void F() { Done(); } delegate void D(); }")]
    [InlineData("int F() { int Inner() => 1; return Inner(); }")]
    [InlineData("try { } catch (E caught) { G(caught); } class E { } void G(E e) { }")]
    [InlineData("var q = from a in new[] { 1 } join b in new[] { 2 } on a equals b into c select c;")]
    [InlineData("var q = from a in new[] { 1 } join b in new[] { 2 } on a equals b select b;")]
    [InlineData("var q = from a in new[] { 1 } let l = a group l by a into g select g;")]
    [InlineData("(int left, int right) Pair() => (1, 2); var p = Pair(); p.left.ToString();")]
    [InlineData("using Short = System.Text; var b = new Short.StringBuilder();")]
    [InlineData("again: goto again;")]
    [InlineData("var x = new { Name = 1 }; if (x is { Name: var n }) { n.ToString(); }")]
    [InlineData("void F(int p) { } F(p: 1);")]
    public void What_the_code_declares_itself_is_not_taken_from_others(string code) =>
        Assert.Empty(CSharpCellNames.Read(1, code).Uses.Except(["System", "var"]));

    [Theory]
    [InlineData("other + 1", "other")]
    [InlineData("other.Member", "other")]
    [InlineData("Models.Digit d;", "Models")]
    [InlineData("using Models.Deep;", "")]
    [InlineData("F(name: other)", "F other")]
    [InlineData("new T { rate = other }", "T other")]
    [InlineData("x is { Count: limit }", "limit x")]
    [InlineData("F(x with { rate = other });", "F other x")]
    [InlineData("a[0] = b", "a b")]
    [InlineData("#!fsharp\nhidden\n#!csharp\nseen", "seen")]
    [InlineData("#r \"nuget: A\"\n#i \"nuget:B\"\nseen", "seen")]
    public void A_name_that_stands_by_itself_is_used(string code, string names) => Assert.Equal(names, string.Join(' ', CSharpCellNames.Read(1, code).Uses.Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("total = 3;", "total")]
    [InlineData("total += 3; count++; --left;", "count left total")]
    [InlineData("list[0] = 3; person.Name = \"x\"; a.B().C = 1;", "a list person")]
    [InlineData("(a, b.c) = (1, 2);", "a b")]
    [InlineData("F(ref a, out b);", "a b")]
    [InlineData("list.Add(3); await model.FitAsync(list); run?.End();", "list model run")]
    [InlineData("list.Count()", "")]
    [InlineData("Build(list).Run(); Make().Size = 1;", "")]
    [InlineData("var n = list.Remove(3); Train(network);", "")]
    [InlineData("var own = 1; own = 2; new T { rate = 1 };", "")]
    public void What_a_cell_does_to_others_is_seen(string code, string names) => Assert.Equal(names, string.Join(' ', CSharpCellNames.Read(1, code).Changes.Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("using System;", true)]
    [InlineData("#r \"nuget: A\"\nvar x = 1;", true)]
    [InlineData("#i \"nuget:B\"", true)]
    [InlineData("using var run = Start();", false)]
    [InlineData("#!time\n#region x", false)]
    public void A_cell_may_prepare_the_session_for_all(string code, bool prepares) => Assert.Equal(prepares, CSharpCellNames.Read(1, code).IsSetup);

    [Theory]
    [InlineData("#load \"x.csx\"", true)]
    [InlineData("#!import x.dib", true)]
    [InlineData("#!connect mssql", true)]
    [InlineData("using static System.Math;", true)]
    [InlineData("using System;", false)]
    [InlineData("var load = 1;", false)]
    public void A_cell_may_bring_in_names_that_cannot_be_seen(string code, bool isOpen) => Assert.Equal(isOpen, CSharpCellNames.Read(1, code).IsOpen);
}
