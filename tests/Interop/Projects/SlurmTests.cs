using Interop.Services;
using MLflowSharp;
using MLflowSharp.Projects;
using MLflowSharp.Projects.Slurm;
using MLflowSharp.Projects.Sweeps;

namespace Interop.Projects;

/// <summary>The back end slurm against a real one-node Slurm. Each waits for little but the queue.</summary>
public sealed class SlurmTests(SlurmCluster cluster) : IClassFixture<SlurmCluster>, IDisposable
{
    private const string MLproject =
        """
        name: jobs
        entry_points:
          main: {parameters: {what: string}, command: "bash work.sh {what}"}
        """;

    // Saves where it is when it is told to stop, and goes on from there.
    private const string Work =
        """
        echo "doing $1 in $MLFLOW_RUN_ID"
        case $1 in
          fail) exit 3 ;;
          wait) sleep 120 & wait ;;
          ignore) trap '' TERM; sleep 300 ;;
          log*) exec "$PYTHON" log.py ;;
          resume)
            if [ -f "$MLFLOW_PROJECT_CHECKPOINTS/state" ]; then echo "resumed from $(cat "$MLFLOW_PROJECT_CHECKPOINTS/state")"; exit 0; fi
            trap 'echo half > "$MLFLOW_PROJECT_CHECKPOINTS/state"; exit 0' TERM
            while :; do sleep 0.2; done ;;
        esac
        """;

    private const string Logging =
        """
        import mlflow
        with mlflow.start_run():
            for step in range(50):
                mlflow.log_metric("loss", 1 / (step + 1), step=step)
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly List<string> _told = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Jobs_succeed_fail_and_wait_for_others()
    {
        using var client = Start();
        var first = await MlflowProjects.StartAsync(_folder.FullName, Options("ok"), client, Stop);
        var after = await MlflowProjects.StartAsync(_folder.FullName, Options("ok", slurm => slurm with { After = [first.RunId] }), client, Stop);
        var failing = await MlflowProjects.StartAsync(_folder.FullName, Options("fail"), client, Stop);

        Assert.Equal([RunStatus.Finished, RunStatus.Finished, RunStatus.Failed], await Task.WhenAll(first.WaitAsync(Stop), after.WaitAsync(Stop), failing.WaitAsync(Stop)));

        var run = await client.GetRunAsync(first.RunId, Stop);
        Assert.Equal(("slurm", "COMPLETED", "test", "1", "1:00"), (run.Data.Tags["mlflow.project.backend"], run.Data.Tags["slurm.state"], run.Data.Tags["slurm.partition"], run.Data.Tags["slurm.requested.cpus"], run.Data.Tags["slurm.requested.time"]));
        Assert.All((string[])["slurm.job_id", "slurm.node", "slurm.used.seconds", "slurm.used.cpu"], key => Assert.NotEqual("", run.Data.Tags[key]));
        Assert.Contains($"doing ok in {first.RunId}", await File.ReadAllTextAsync(await client.DownloadArtifactsAsync(first.RunId, "logs/project.log", cancellationToken: Stop), Stop));
        Assert.Contains($"doing ok in {first.RunId}", _output.ToString());
        Assert.Equal(RunStatus.Failed, (await client.GetRunAsync(failing.RunId, Stop)).Info.Status);
        Assert.Contains($"afterok:{run.Data.Tags["slurm.job_id"]}", await File.ReadAllTextAsync(await client.DownloadArtifactsAsync(after.RunId, "logs/job.sh", cancellationToken: Stop), Stop));
    }

    [Fact]
    public async Task A_job_that_is_cancelled_leaves_a_killed_run()
    {
        using var client = Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var submitted = await MlflowProjects.StartAsync(_folder.FullName, Options("wait"), client, Stop);
        var waiting = submitted.WaitAsync(stop.Token);
        for (var i = 0; !_output.ToString().Contains("doing wait", StringComparison.Ordinal); i++)
        {
            Assert.True(i < 600, $"The job did not start: {string.Join('\n', _told)}");
            await Task.Delay(100, Stop);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        var run = await client.GetRunAsync(submitted.RunId, Stop);
        Assert.Equal((RunStatus.Killed, "CANCELLED"), (run.Info.Status, run.Data.Tags["slurm.state"]));
    }

    [Fact]
    public async Task A_job_near_its_time_limit_goes_on_from_its_checkpoint_or_fails()
    {
        using var client = Start();
        // Slurm looks every half minute, and signals up to half a minute early: of two minutes this leaves the program half a minute to begin in.
        SlurmOptions Limited(SlurmOptions slurm) => slurm with
        {
            SignalBefore = TimeSpan.FromSeconds(60), Requests = new Dictionary<string, string>(slurm.Requests) { ["time"] = "2" },
        };
        var resumed = await MlflowProjects.StartAsync(_folder.FullName, Options("resume", slurm => Limited(slurm) with { Resubmissions = 5 }), client, Stop);
        var limited = await MlflowProjects.StartAsync(_folder.FullName, Options("resume", Limited), client, Stop);

        var statuses = await Task.WhenAll(resumed.WaitAsync(Stop), limited.WaitAsync(Stop));
        Assert.True(statuses is [RunStatus.Finished, RunStatus.Failed], $"{string.Join(", ", statuses)}\n{string.Join('\n', _told)}\n{_output}");

        Assert.NotEqual("0", (await client.GetRunAsync(resumed.RunId, Stop)).Data.Tags["slurm.restarts"]);
        Assert.Contains("resumed from half", await File.ReadAllTextAsync(await client.DownloadArtifactsAsync(resumed.RunId, "logs/project.log", cancellationToken: Stop), Stop));
        Assert.Contains(_told, sentence => sentence.Contains("it reached its time limit", StringComparison.Ordinal));
        Assert.Contains("the time limit is near", await File.ReadAllTextAsync(await client.DownloadArtifactsAsync(limited.RunId, "logs/project.log", cancellationToken: Stop), Stop));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sweep_is_an_array_or_packed_into_one_job(bool packed)
    {
        using var client = Start();
        var sweep = new SweepOptions { Space = [SearchDimension.Parse("what=ok,fail,fine")] };

        var found = await ProjectSweep.RunAsync(_folder.FullName, sweep, Options("", slurm => slurm with { Packed = packed, MaxParallel = 2 }), client, Stop);

        Assert.Equal([RunStatus.Finished, RunStatus.Failed, RunStatus.Finished], found.Trials.Select(trial => trial.Status));
        var jobs = new HashSet<string>();
        foreach (var trial in found.Trials)
            jobs.Add((await client.GetRunAsync(trial.RunId, Stop)).Data.Tags["slurm.job_id"]);
        Assert.Equal(packed ? 1 : 3, jobs.Count);
    }

    [Fact]
    public async Task Jobs_of_MLflow_write_one_store_at_the_same_time()
    {
        using var client = Start();
        await File.WriteAllTextAsync(_folder.Combine("log.py"), Logging, Stop);
        var sweep = new SweepOptions { Space = [SearchDimension.Parse("what=log1,log2,log3")] };
        var python = new Dictionary<string, string> { ["PYTHON"] = PythonEnvironment.Require().Executable };

        var found = await ProjectSweep.RunAsync(_folder.FullName, sweep, Options("", slurm => slurm with { Environment = python, Requests = new Dictionary<string, string>(slurm.Requests) { ["time"] = "5" } }), client, Stop);

        foreach (var trial in found.Trials)
        {
            var points = await client.GetMetricHistoryAsync(trial.RunId, "loss", Stop);
            Assert.Equal((RunStatus.Finished, 50), (trial.Status, points.Select(point => point.Step).Distinct().Count()));
        }
    }

    // Takes 90 seconds, of which a minute is the shortest limit that Slurm has: run it with -explicit only.
    [Fact(Explicit = true)]
    public async Task A_job_that_does_not_listen_fails_at_its_time_limit()
    {
        using var client = Start();

        var submitted = await MlflowProjects.StartAsync(_folder.FullName, Options("ignore"), client, Stop);

        Assert.Equal(RunStatus.Failed, await submitted.WaitAsync(Stop));
        Assert.Equal("TIMEOUT", (await client.GetRunAsync(submitted.RunId, Stop)).Data.Tags["slurm.state"]);
    }

    [Fact]
    public async Task What_Slurm_refuses_is_told_and_leaves_a_failed_run()
    {
        using var client = Start();

        var refusal = await Assert.ThrowsAsync<MlflowException>(() => MlflowProjects.StartAsync(
            _folder.FullName, Options("ok", slurm => slurm with { Requests = new Dictionary<string, string> { ["partition"] = "nowhere" } }), client, Stop));

        Assert.Contains("invalid partition", refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(RunStatus.Failed, Assert.Single(await client.SearchRunsAsync(["0"], cancellationToken: Stop)).Info.Status);
    }

    private MlflowClient Start()
    {
        cluster.Require();
        File.WriteAllText(_folder.Combine("MLproject"), MLproject);
        File.WriteAllText(_folder.Combine("work.sh"), Work);
        // The layout of the MLflow that jobs use: several that bring a database to it at once break it.
        return new MlflowClient(_folder.TrackingUri, new MlflowClientOptions { DatabaseVersion = "3.17", DefaultArtifactRoot = _folder.Combine("mlruns") });
    }

    private ProjectRunOptions Options(string what, Func<SlurmOptions, SlurmOptions>? change = null)
    {
        var slurm = new SlurmOptions
        {
            Requests = new Dictionary<string, string> { ["partition"] = "test", ["time"] = "1", ["cpus-per-task"] = "1" },
            PollInterval = TimeSpan.FromSeconds(0.5),
            JobFolder = _folder.Combine("jobs"),
        };
        return new ProjectRunOptions
        {
            Parameters = new Dictionary<string, string> { ["what"] = what },
            Slurm = change?.Invoke(slurm) ?? slurm,
            Output = _output,
            Tell = sentence => { lock (_told) _told.Add(sentence); },
        };
    }
}
