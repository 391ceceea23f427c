using NotebookTestRunner.Coverage;

namespace NotebookTestRunner.Tests.Coverage;

public sealed class PythonCoverageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Where_no_kernel_wrote_down_lines_it_is_said_what_is_missing()
    {
        var coverage = new PythonCoverage(folder.Path);

        Assert.Contains(folder.Path, Assert.Single(coverage.Variables()).Value, StringComparison.Ordinal);
        var told = await Assert.ThrowsAsync<NotebookRunException>(() => coverage.ReadAsync("python", TestContext.Current.CancellationToken));
        Assert.Contains("'python -m pip install coverage'", told.Message, StringComparison.Ordinal);
    }
}
