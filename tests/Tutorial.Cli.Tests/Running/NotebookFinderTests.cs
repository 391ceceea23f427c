using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Tests.Running;

public sealed class NotebookFinderTests : IDisposable
{
    private readonly Course _course = new();

    public NotebookFinderTests()
    {
        foreach (var file in new[] { "b.ipynb", "a.ipynb", "deep/02.ipynb", "deep/er/01.ipynb", ".hidden/x.ipynb", "deep/.ipynb_checkpoints/02.ipynb", "deep/notes.md" })
            _course.Write(file, "");
    }

    public void Dispose() => _course.Dispose();

    [Theory]
    [InlineData("b.ipynb", "b.ipynb")]
    [InlineData("b.ipynb a.ipynb ./b.ipynb", "b.ipynb a.ipynb")]
    [InlineData("deep", "deep/02.ipynb deep/er/01.ipynb")]
    [InlineData(".", "a.ipynb b.ipynb deep/02.ipynb deep/er/01.ipynb")]
    [InlineData("*.ipynb", "a.ipynb b.ipynb")]
    [InlineData("?.ipynb", "a.ipynb b.ipynb")]
    [InlineData("deep/*.ipynb", "deep/02.ipynb")]
    [InlineData("**/0*.ipynb", "deep/02.ipynb deep/er/01.ipynb")]
    [InlineData("d*p/**", "deep/02.ipynb deep/er/01.ipynb")]
    [InlineData("missing.ipynb", "missing.ipynb")]
    public void Files_folders_and_patterns_give_notebooks(string asked, string expected)
    {
        var found = NotebookFinder.Find(asked.Split(' '), _course.Root);

        Assert.Equal(expected.Split(' '), found.Select(path => Path.GetRelativePath(_course.Root, path).Replace('\\', '/')));
    }

    [Fact]
    public void Characters_of_regular_expressions_are_plain_in_patterns()
    {
        _course.Write("a+(1).ipynb", "");

        Assert.Equal([_course.PathOf("a+(1).ipynb")], NotebookFinder.Find(["a+(*.ipynb"], _course.Root));
    }

    [Theory]
    [InlineData("empty", "in the folder")]
    [InlineData("x*.ipynb", "matches 'x*.ipynb'")]
    [InlineData("nowhere/*.ipynb", "matches 'nowhere/*.ipynb'")]
    public void Nothing_found_is_a_fault_that_says_where_was_looked(string asked, string what)
    {
        Directory.CreateDirectory(_course.PathOf("empty"));

        var fault = Assert.Throws<CliException>(() => NotebookFinder.Find([asked], _course.Root));

        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
        Assert.Contains(_course.Root, fault.Message, StringComparison.Ordinal);
    }
}
