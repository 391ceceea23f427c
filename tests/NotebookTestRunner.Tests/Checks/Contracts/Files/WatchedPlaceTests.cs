using NotebookTestRunner.Checks.Contracts.Files;

namespace NotebookTestRunner.Tests.Checks.Contracts.Files;

public sealed class WatchedPlaceTests
{
    [Theory]
    [InlineData("/home/me/work", false, true)]
    [InlineData("/home/me/.cache", false, false)]
    [InlineData("/home/me/.cache", true, true)]
    [InlineData("/home/me/a.b", false, true)]
    [InlineData("/home/me/Library", false, false)]
    [InlineData("/home/me/node_modules", true, true)]
    [InlineData("/home/me/else", true, false)]
    [InlineData("/home/me/else", false, false)]
    public void Folders_of_programs_are_entered_where_hidden_ones_are(string folder, bool hidden, bool enters) =>
        Assert.Equal(enters, new WatchedPlace("/home/me", 10, hidden, ["/home/me/else"]).Enters(folder, 0));

    [Fact]
    public void Of_the_root_of_a_disk_only_what_lies_in_it_directly_is_looked_at()
    {
        var root = new WatchedPlace(Path.GetPathRoot(Path.GetTempPath())!, 10, true, []);

        Assert.False(root.Enters("/home", 0));
        Assert.True(new WatchedPlace("/home", 10, true, []).Enters("/home/me", 0));
    }
}
