using NotebookCorpus;
using NotebookCorpus.Testers;

namespace Interop.NotebookTesters;

/// <summary>The peers judge notebooks of the corpus as they are known to, so that the comparison with ours means something.</summary>
public sealed class PeerTests : IDisposable
{
    private readonly TemporaryFolder _jupyter = new();
    private readonly string _folder = Path.Combine(PythonEnvironment.CheckoutFolder, "artifacts", "corpus", $"peers-{Guid.NewGuid():N}");

    public void Dispose()
    {
        _jupyter.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("nbval", true)]
    [InlineData("nbmake", false)]
    [InlineData("nbclient", false)]
    [InlineData("papermill", false)]
    public async Task A_peer_finds_an_error_and_only_nbval_a_wrong_number(string name, bool comparesOutputs)
    {
        var python = PythonEnvironment.Require().Executable;
        CorpusKernels.Install(_jupyter.FullName, PythonEnvironment.CheckoutFolder, python);
        string[] paths = [.. ((string[])["wrong-number", "out-of-order", "clean-durations"]).Select(notebook => Corpus.Write(Corpus.Named(notebook), _folder, marked: false))];

        var told = await new PythonTester(name, python, _jupyter.FullName).JudgeAsync(paths, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal([true, comparesOutputs, false], ((string[])["out-of-order", "wrong-number", "clean-durations"]).Select(notebook => told.ByName[notebook].Complains));
        Assert.Equal(comparesOutputs ? [3] : [], told.ByName["wrong-number"].Cells);
        Assert.True(told.Time > TimeSpan.Zero);
    }
}
