using CliWrap.Buffered;
using MLflowSharp;

namespace Interop;

/// <summary>The versions that the client says it is tested against are those that these tests run.</summary>
public sealed class TestedVersionsTests
{
    public static TheoryData<string> Versions => [.. Mlflow.TestedMlflowVersions];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_version_that_is_named_runs_here(string version)
    {
        var result = await PythonEnvironment.Require().Command(version, ["-c", "import mlflow; print(mlflow.__version__)"])
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        Assert.Equal(version, result.StandardOutput.Trim());
    }

    [Fact]
    public void Every_version_that_is_here_is_named()
    {
        PythonEnvironment.Require();
        var here = Directory.GetDirectories(Path.Combine(PythonEnvironment.CheckoutFolder, ".venv", "older")).Select(folder => Path.GetFileName(folder)!)
            .Append(PythonEnvironment.NewestMlflow);
        Assert.Equal(here.Order(StringComparer.Ordinal), Mlflow.TestedMlflowVersions.Order(StringComparer.Ordinal));
    }
}
