using NotebookTestRunner.Checks;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Checks;

public sealed class EvaluationTests
{
    [Fact]
    public void The_text_is_the_last_result_or_else_what_was_printed()
    {
        Assert.Equal("2", new Evaluation([Printed("x"), Result("1"), Result("2")], null).Text);
        Assert.Equal("ab", new Evaluation([Printed("a"), Displayed("c"), Printed("b")], null).Text);
        Assert.Null(new Evaluation([Displayed("c")], null).Text);
        Assert.Equal("", new Evaluation([Printed("x"), Result("")], null).Text);
    }
}
