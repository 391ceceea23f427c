using CSharpKernel.Completion;
using CSharpKernel.Magics;

namespace CSharpKernel.Tests.Completion;

public sealed class CompletenessCheckTests
{
    [Theory]
    [InlineData("1 + 2", "complete", "")]
    [InlineData("var a = 1;", "complete", "")]
    [InlineData("", "complete", "")]
    [InlineData("// remark", "complete", "")]
    [InlineData("for (var i = 0; i < 3; i++)\n{\n}", "complete", "")]
    [InlineData("#!time", "complete", "")]
    [InlineData("#!markdown\n# Title", "complete", "")]
    [InlineData("#r \"nuget: A\"", "complete", "")]
    [InlineData("using var stream = Open();", "complete", "")]
    [InlineData("static class E { static int F(this int x) => x; }", "complete", "")]
    [InlineData("namespace A { class B { } }", "complete", "")]
    [InlineData("namespace A {", "incomplete", "    ")]
    [InlineData("for (;;) {", "incomplete", "    ")]
    [InlineData("foo(", "incomplete", "    ")]
    [InlineData("class A\n{\n    void M()\n    {", "incomplete", "        ")]
    [InlineData("var s = @\"text", "incomplete", "")]
    [InlineData("var s = \"\"\"\n  text", "incomplete", "")]
    [InlineData("/* remark", "incomplete", "")]
    [InlineData("))", "invalid", "")]
    [InlineData("var 1 = 2;", "invalid", "")]
    public void Enter_runs_a_cell_that_is_complete_and_otherwise_begins_a_line(string code, string status, string indent) =>
        Assert.Equal((status, indent), CompletenessCheck.Judge(code, new MagicRegistry().TakesText));
}
