using Tutorial.Cli.Reporting;

namespace Tutorial.Cli.Tests.Reporting;

public sealed class PrintedLineTests
{
    [Theory]
    [InlineData("one\ntwo", "two")]
    [InlineData("one\ntwo\n", "two")]
    [InlineData("\rstep 1\rstep 2", "step 2")]
    [InlineData("step 1|, loss 2", "step 1, loss 2")]
    [InlineData("step 1|\rstep 2|  of 3", "step 2  of 3")]
    [InlineData("done|\n|\n", "done")]
    [InlineData("\u001b[31mred\u001b[0m \u001b]0;title\u0007x\ty", "red x    y")]
    [InlineData("", "")]
    public void The_last_line_that_is_not_blank_is_shown(string pieces, string expected)
    {
        var line = new PrintedLine();

        foreach (var piece in pieces.Split('|'))
            line.Append(piece);

        Assert.Equal(expected, line.Text);
    }
}
