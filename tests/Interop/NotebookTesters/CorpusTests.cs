using NotebookCorpus;

namespace Interop.NotebookTesters;

/// <summary>
/// The notebooks by which testers are compared are those that their sources describe. After a change of the sources write them again with
/// <c>dotnet run --project tests/NotebookCorpus -- write</c>, and commit what changed.
/// </summary>
public sealed class CorpusTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_committed_notebooks_are_what_the_generator_writes(bool marked)
    {
        var expected = CommittedCorpus.Files(marked);
        var folder = CommittedCorpus.Folder(marked);

        var committed = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => File.ReadAllText(file).ReplaceLineEndings("\n"));

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), committed.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, file => Assert.Equal(file.Value.ReplaceLineEndings("\n"), committed[file.Key]));
        Assert.InRange(committed.Values.Sum(text => (long)text.Length), 1, 1_000_000);
    }

    [Fact]
    public void Each_notebook_has_one_defect_or_is_clean_and_hard()
    {
        Assert.All(Corpus.All, notebook => Assert.True(notebook.Defect is null != notebook.Hard is null, $"{notebook.Name} is neither or both."));
        Assert.Equal(Corpus.All.Count, Corpus.All.Select(notebook => notebook.Name).Distinct().Count());
        Assert.True(Corpus.All.Count(notebook => notebook.Defect is not null) >= 33);
        Assert.True(Corpus.All.Count(notebook => notebook.Defect is null) >= 21);
        Assert.True(Corpus.All.Count(notebook => notebook.Kernel == ".net-csharp") >= 20);
    }
}
