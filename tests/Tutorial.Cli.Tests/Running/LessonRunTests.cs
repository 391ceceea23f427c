using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Tests.Running;

public sealed class LessonRunTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public void The_store_is_named_relative_to_the_notebook_and_the_artifacts_lie_beside_it()
    {
        var variables = LessonRun.OptionsFor(_course.PathOf("notebooks/02-track.ipynb"), _course.Checkout.Runs, _course.Checkout).EnvironmentVariables;

        Assert.Equal("sqlite:///../artifacts/runs/02-track/mlflow.db", variables["MLFLOW_TRACKING_URI"]);
        Assert.Equal("../artifacts/runs/02-track/artifacts", variables["_MLFLOW_SERVER_ARTIFACT_ROOT"]);
        Assert.All(["MLFLOW_EXPERIMENT_NAME", "MLFLOW_EXPERIMENT_ID", "MLFLOW_RUN_ID"], name => Assert.Equal("", variables[name]));
    }

    [Fact]
    public void What_an_earlier_run_left_is_removed_and_that_of_other_lessons_stays()
    {
        _course.Write("artifacts/runs/one/mlflow.db", "old");
        _course.Write("artifacts/runs/two/mlflow.db", "old");

        LessonRun.OptionsFor(_course.PathOf("notebooks/one.ipynb"), _course.Checkout.Runs, _course.Checkout);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_course.PathOf("artifacts/runs/one")));
        Assert.True(File.Exists(_course.PathOf("artifacts/runs/two/mlflow.db")));
    }

    [Fact]
    public void The_private_kernelspec_is_written_once_and_again_when_it_leads_elsewhere()
    {
        var file = Path.Combine(PrivateKernel.Prepare(_course.Checkout), "kernels", ".net-csharp", "kernel.json");
        var right = File.ReadAllText(file);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        PrivateKernel.Prepare(_course.Checkout);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file));

        foreach (var wrong in new[] { "{", right.Replace("CSharpKernel.dll", "Other.dll", StringComparison.Ordinal) })
        {
            File.WriteAllText(file, wrong);
            PrivateKernel.Prepare(_course.Checkout);
            Assert.Equal(right, File.ReadAllText(file));
        }
    }

    [Fact]
    public void A_file_in_the_place_of_artifacts_is_told()
    {
        var file = _course.Write("artifacts", "a file");

        var fault = Assert.Throws<CliException>(() => LessonRun.OptionsFor(_course.PathOf("notebooks/one.ipynb"), _course.Checkout.Runs, _course.Checkout));

        Assert.Contains($"{file} is a file where a folder is needed", fault.Message, StringComparison.Ordinal);
    }
}
