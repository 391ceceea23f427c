using MLflowSharp.Tests.Fluent;

namespace MLflowSharp.Tests.Diagnosis;

public sealed class DoctorTests : FluentTest
{
    [Fact]
    public void A_store_that_is_not_there_yet_is_said_so_and_not_made()
    {
        Assert.Contains("Tracking store: " + Folder.DatabasePath + " does not exist yet", Report(), StringComparison.Ordinal);
        Assert.False(File.Exists(Folder.DatabasePath));
    }

    [Fact]
    public void A_store_that_answers_is_counted_and_the_run_is_named()
    {
        using var run = Mlflow.StartRun();
        // What this user has not stored yet is not the test's.
        var report = "";
        With("XDG_STATE_HOME", Path.Combine(Folder.FullName, "state"), () => report = Report());
        Assert.Matches(@"Tracking store: answers in \d+ ms, 1 experiment\r?\n", report);
        Assert.Matches(@"Registry: answers in \d+ ms, 0 registered models\r?\n", report);
        Assert.Contains($"Active run: {run.RunId}", report, StringComparison.Ordinal);
        Assert.Contains("Tested with MLflow: 2.15.1, 2.22.5, 3.3.2, 3.17.2", report, StringComparison.Ordinal);
        Assert.Contains("Not stored yet: nothing", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_fails_says_why()
    {
        File.WriteAllText(Folder.DatabasePath, "this is not a database, and long enough not to be taken for an empty one");
        Assert.Contains("Tracking store: FAILED, ", Report(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_is_shown()
    {
        With("MLFLOW_TRACKING_PASSWORD", "hunter2", () => With("MLFLOW_TRACKING_TOKEN", "hunter2", () => With("MLFLOW_REGISTRY_URI", "postgresql://me:hunter2@127.0.0.1:1/db", () =>
        {
            var report = Report();
            Assert.DoesNotContain("hunter2", report, StringComparison.Ordinal);
            Assert.Contains("MLFLOW_TRACKING_PASSWORD: ***", report, StringComparison.Ordinal);
            Assert.Contains("Registry: FAILED, ", report, StringComparison.Ordinal);
        })));
    }

    private static string Report()
    {
        using var output = new StringWriter();
        Mlflow.Doctor(output);
        return output.ToString();
    }
}
