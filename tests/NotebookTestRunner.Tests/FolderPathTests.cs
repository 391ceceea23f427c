namespace NotebookTestRunner.Tests;

public sealed class FolderPathTests
{
    [Theory]
    [InlineData("/a/b", "/a/b", true)]
    [InlineData("/a", "/a/b/c", true)]
    [InlineData("/", "/a", true)]
    [InlineData("/a/", "/a/b", true)]
    [InlineData("/a/wor", "/a/work", false)]
    [InlineData("/a/b", "/a", false)]
    [InlineData("/a/b", "/a/c", false)]
    [InlineData("/a", "/a/..b", true)]
    public void A_folder_is_around_what_lies_in_it(string outer, string inner, bool isAround) => Assert.Equal(isAround, FolderPath.IsAround(outer, inner));

    [Theory]
    [InlineData("/a/b/c", "/a", "b/c")]
    [InlineData("/a/..b/c", "/a", "..b/c")]
    [InlineData("/b/c", "/a", "/b/c")]
    [InlineData("/b/c", null, "/b/c")]
    public void Readers_see_a_path_from_the_folder_that_it_lies_in(string path, string? root, string shown) => Assert.Equal(shown, FolderPath.Shown(path, root));
}
