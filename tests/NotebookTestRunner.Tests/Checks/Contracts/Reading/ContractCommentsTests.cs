using NotebookTestRunner.Checks.Contracts.Reading;

namespace NotebookTestRunner.Tests.Checks.Contracts.Reading;

public sealed class ContractCommentsTests
{
    [Theory]
    [InlineData("// contract: files: none\nvar x = 1;", "1 files: none")]
    [InlineData("//contract:files: none", "1 files: none")]
    [InlineData("-- contract: files: none\nselect 1", "1 files: none")]
    [InlineData("// test: timeout 3\n\n// contract: files:\r\n// contract:   only: yes\r\nx", "3 files:|4   only: yes")]
    [InlineData("var x = 1;\n// contract: files: none", "")]
    [InlineData("// contracts: files: none", "")]
    [InlineData("", "")]
    public void The_comments_of_the_first_lines_are_one_text(string source, string expected) =>
        Assert.Equal(expected, string.Join('|', ContractComments.Read(source).Select(line => $"{line.Number} {line.Text}")));

    [Theory]
    [InlineData("  // contract: runs: 1", true)]
    [InlineData("# contract: runs: 1", true)]
    [InlineData("// a contract: runs: 1", false)]
    [InlineData("contract: runs: 1", false)]
    public void A_line_is_such_a_comment_or_not(string line, bool isComment) => Assert.Equal(isComment, ContractComments.Is(line));
}
