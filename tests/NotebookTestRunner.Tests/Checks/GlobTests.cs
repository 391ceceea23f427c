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
    [InlineData("a**", "ab/c", true)]
    [InlineData("**b*", "a/b", true)]
    [InlineData("**x", "a/y", false)]
    [InlineData("a**b", "a/x/b", true)]
    [InlineData("a**b", "a/x/c", false)]
    [InlineData("a.{x,y},z", "a.x,z", true)]
    [InlineData("a.{x,y},z", "z", false)]
    [InlineData("{a,b}}", "a}", true)]
    [InlineData("}{a", "}{a", true)]
    public void A_pattern_matches_whole_paths(string pattern, string path, bool matches) => Assert.Equal(matches, new Glob(pattern).Matches(path));

    [Theory]
    [InlineData("a/b.csv", true)]
    [InlineData("a/*.csv", false)]
    [InlineData("*", false)]
    [InlineData("?.csv", false)]
    [InlineData("{a,b}", false)]
    [InlineData("a/", false)]
    public void A_pattern_without_wildcards_is_a_plain_path(string pattern, bool isPlain)
    {
        Assert.Equal(isPlain, new Glob(pattern).IsPlain);
        Assert.Equal(pattern, new Glob(pattern).ToString());
    }
}
