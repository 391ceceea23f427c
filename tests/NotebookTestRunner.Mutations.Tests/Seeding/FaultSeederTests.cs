using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NotebookTestRunner.Mutations.Seeding;

namespace NotebookTestRunner.Mutations.Tests.Seeding;

public sealed class FaultSeederTests
{
    [Theory]
    [InlineData("int F(int a, int b) => a + b;", "other operator: a + b")]
    [InlineData("bool F(int a, int b) => a < b;", "other operator: a < b")]
    [InlineData("bool F(int a, int b) => a == b;", "negate: a == b")]
    [InlineData("bool F(bool a) => !a;", "negate: !a")]
    [InlineData("bool F(object a) => a is 1;", "negate: a is 1")]
    [InlineData("bool F(object a) => a is string text;", "never: a is string text")]
    [InlineData("string F(string? a, string b) => a ?? b;", "take the default: a ?? b")]
    [InlineData("bool F() => true;", "other value: true")]
    [InlineData("int F() => 7;", "one more: 7")]
    [InlineData("void F() { System.GC.Collect(); }", "leave out: System.GC.Collect();")]
    [InlineData("string F(string a) => a.TrimEnd();", "TrimStart: a.TrimEnd()")]
    [InlineData("string F(bool a, string b) => a switch { true when b.Length > 0 => b, _ => b };", "leave out arm: true when b.Length > 0 => b", "other operator: b.Length > 0", "one more: 0")]
    public void Each_kind_of_code_gets_its_fault(string member, params string[] faults) => Assert.Equal(faults.Order(), Seed(member).Mutants.Select(mutant => $"{mutant.Place.Kind}: {mutant.Place.Code}").Order());

    [Theory]
    [InlineData("const int A = 1;")]
    [InlineData("[System.Obsolete(\"x\", false)] void F() { }")]
    [InlineData("void F(int a = 1) { }")]
    [InlineData("string F(string a, string b) => a + b;")]
    [InlineData("string F(int a) => $\"{a + 1}\";")]
    [InlineData("void F(object a) { System.ArgumentNullException.ThrowIfNull(a); }")]
    [InlineData("void F() { throw new System.ArgumentException(\"a\" + (1 + 1)); }")]
    public void Constants_texts_and_what_is_said_of_errors_get_none(string member) => Assert.Empty(Seed(member).Mutants);

    [Fact]
    public void A_fault_stands_behind_its_switch_beside_the_code_as_it_was() =>
        Assert.Contains("global::NotebookTestRunner.Mutations.Switch.On(5)?", Seed("int F(int a) => a - 1;").Code.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);

    [Fact]
    public void What_is_the_same_in_one_member_is_told_apart_by_its_number_whichever_are_seeded()
    {
        const string Member = "bool F(bool a, bool b) => !a ? b : !a;";
        var all = Seed(Member).Mutants.Select(mutant => mutant.Place).ToList();

        Assert.Equal([new FaultPlace("Code.cs", "F", "negate", 1, "!a"), new FaultPlace("Code.cs", "F", "negate", 2, "!a")], all);
        Assert.Equal([all[1]], Seed(Member, [all[1]]).Mutants.Select(mutant => mutant.Place));
    }

    [Fact]
    public void A_place_says_its_line_and_member()
    {
        var mutant = Assert.Single(Seed("\n\nint Answer { get; } = 42;").Mutants);

        Assert.Equal(3, mutant.Line);
        Assert.Equal("Answer", mutant.Place.Member);
        Assert.Equal("Code.cs:3: one more: 42", mutant.ToString());
    }

    private static (IReadOnlyList<Mutant> Mutants, string Code) Seed(string member, HashSet<FaultPlace>? only = null)
    {
        var tree = CSharpSyntaxTree.ParseText($"class C {{ {member} }}", cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("code", [tree], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]);
        var seeder = new FaultSeeder("Code.cs", compilation.GetSemanticModel(tree), 5, new HashSet<(string, int, string)>(), only);
        var code = seeder.Visit(tree.GetRoot(TestContext.Current.CancellationToken))!.ToFullString();
        return (seeder.Mutants, code);
    }
}
