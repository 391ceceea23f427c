using NotebookTestRunner.Checks;

namespace NotebookTestRunner.Tests.Checks;

public sealed class GlobTests
{
    [Theory]
    [InlineData("*.csv", "a.csv", true)]
    [InlineData("*.csv", "sub/a.csv", false)]
    [InlineData("*.csv", "a.csvx", false)]
    [InlineData("**/*.csv", "a.csv", true)]
    [InlineData("**/*.csv", "x/y/a.csv", true)]
    [InlineData("model/**", "model/a/b", true)]
    [InlineData("model/**", "model2/a", false)]
    [InlineData("model/", "model/a", true)]
    [InlineData("model/", "model", false)]
    [InlineData("./a.?", "a.b", true)]
    [InlineData("a.?", "a./", false)]
    [InlineData("a.{csv,json}", "a.json", true)]
    [InlineData("a.{csv,json}", "a.xml", false)]
    [InlineData("a,b", "a,b", true)]
    [InlineData("a}b", "a}b", true)]
    [InlineData("{ab", "{ab", true)]
    [InlineData("a\\b.csv", "a/b.csv", true)]
    [InlineData("a+(b).csv", "a+(b).csv", true)]
    [InlineData("x", "x\n", false)]
    public void A_pattern_matches_whole_paths(string pattern, string path, bool matches) => Assert.Equal(matches, new Glob(pattern).Matches(path));
}
