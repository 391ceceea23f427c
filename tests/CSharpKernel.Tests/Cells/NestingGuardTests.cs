using CSharpKernel.Cells;

namespace CSharpKernel.Tests.Cells;

public sealed class NestingGuardTests
{
    private static string Times(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    [Theory]
    [InlineData("(", "")]
    [InlineData("[", "]")]
    [InlineData("{", "}")]
    [InlineData("List<", ">")]
    [InlineData("() => ", "")]
    [InlineData("foreach (var x in (", "")]
    [InlineData("$\"{", "}\"")]
    [InlineData("int*", "")]
    [InlineData("/* ) */(", "")]
    [InlineData("f(\")\", ", ")")]
    public void Code_nested_deeper_than_the_compiler_can_take_is_refused(string open, string close)
    {
        if (open == "int*")
            open = "*";
        Assert.Throws<NestingException>(() => NestingGuard.Check("int x;\n" + Times(open, 10_000) + "1" + Times(close, 10_000)));
    }

    [Theory]
    [InlineData("if (a < b) c(); ")]
    [InlineData("f(x => x + 1, y => { return y; });\n")]
    [InlineData("var s = \"((((((\"; var c = '('; var v = @\"[[\\\"; var r = \"\"\" (( \"\"\"; // ((( \n")]
    [InlineData("/* ((( */ var t = $\"{a} {b}\"; ")]
    [InlineData("a.Where(x => x > 1).Select(x => new { x });\n")]
    [InlineData("var ok = a < 1 && b < c || d < e;\n")]
    [InlineData("for (var i = 0; i < n; i++) { sum += i * i; }\n")]
    [InlineData("var d = new Dictionary<string, List<int>>();\n")]
    public void Long_code_that_is_not_deep_passes(string line) => NestingGuard.Check(Times(line, 5_000));

    [Fact]
    public void Text_below_a_magic_is_nobodys_business() =>
        NestingGuard.Check("var x = 1;\n#!html\n" + Times("<div (", 10_000));
}
