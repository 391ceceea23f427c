using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.Tracking;
using NotebookTestRunner.Settings;

namespace NotebookTestRunner.Tests.Checks.Tracking;

public sealed class StoreLocationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("sqlite:///runs.db", "sqlite:///{folder}/runs.db", "{folder}/runs.db")]
    [InlineData("sqlite:////data/runs.db", "sqlite:////data/runs.db", "/data/runs.db")]
    [InlineData("file:///data/my%20runs", "/data/my runs", "/data/my runs")]
    [InlineData("file:my%20runs", "{folder}/my runs", "{folder}/my runs")]
    [InlineData("file:./runs", "{folder}/runs", "{folder}/runs")]
    [InlineData("runs", "{folder}/runs", "{folder}/runs")]
    [InlineData("./a/../runs", "{folder}/runs", "{folder}/runs")]
    [InlineData("http://localhost:5000", "http://localhost:5000", null)]
    [InlineData("postgresql://db/mlflow", "postgresql://db/mlflow", null)]
    public void An_address_is_seen_from_the_notebooks_folder(string named, string uri, string? path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Paths have drives there.");
        var location = StoreLocation.Of(named, Context(""));

        Assert.Equal((In(uri), path is null ? null : In(path)), (location.Uri, location.LocalPath));
    }

    [Fact]
    public void Without_a_name_the_kernels_variable_says_where_and_a_name_wins_over_it()
    {
        Assert.Equal("http://here:1", StoreLocation.Of(null, Context("http://here:1")).Uri);
        Assert.Equal("http://there:1", StoreLocation.Of("http://there:1", Context("http://here:1")).Uri);
    }

    [Fact]
    public void Without_both_it_is_the_database_in_the_folder_or_the_files_that_older_versions_made()
    {
        Assert.Equal(folder.File("mlflow.db"), StoreLocation.Of(null, Context("")).LocalPath);
        Directory.CreateDirectory(folder.File("mlruns"));
        Assert.Equal(folder.File("mlruns"), StoreLocation.Of(null, Context("")).LocalPath);
        folder.Write("mlflow.db", "");
        Assert.Equal(folder.File("mlflow.db"), StoreLocation.Of(null, Context("")).LocalPath);
    }

    [Fact]
    public void A_store_that_is_not_there_yet_or_an_empty_folder_has_nothing_to_read()
    {
        Assert.True(StoreLocation.Of("http://here:1", Context("")).Exists);
        Assert.False(StoreLocation.Of("runs", Context("")).Exists);
        Directory.CreateDirectory(folder.File("runs"));
        Assert.False(StoreLocation.Of("runs", Context("")).Exists);
        folder.Write("runs/0/meta.yaml", "");
        Assert.True(StoreLocation.Of("runs", Context("")).Exists);
        folder.Write("runs.db", "");
        Assert.True(StoreLocation.Of("sqlite:///runs.db", Context("")).Exists);
    }

    private string In(string text) => text.Replace("{folder}", Path.GetDirectoryName(folder.File("x"))!, StringComparison.Ordinal);

    private NotebookCheckContext Context(string variable)
    {
        var notebook = TestNotebook.Of("1");
        return new()
        {
            Notebook = notebook,
            Settings = NotebookSettings.Read(folder.File("lesson.ipynb"), notebook),
            Path = folder.File("lesson.ipynb"),
            WorkingDirectory = folder.Path,
            Options = new RunOptions { EnvironmentVariables = new Dictionary<string, string> { [StoreLocation.Variable] = variable } },
            Time = TimeProvider.System,
        };
    }
}
