using MLflowSharp.Projects;
using MLflowSharp.Projects.Sweeps;

namespace MLflowSharp.Tests.Projects;

public sealed class SweepTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MlflowClient _client;
    private readonly ProjectRunOptions _project = new() { Output = TextWriter.Null, Tell = _ => { } };

    public SweepTests()
    {
        _client = _folder.NewClient();
        File.WriteAllText(Path.Combine(_folder.FullName, "MLproject"), "entry_points:\n  main: {parameters: {lr: float, kind: {type: string, default: a}}, command: \"echo {lr} {kind} >> told; [ ! -f bad-{lr} ]\"}");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_grid_is_crossed_as_runs_nested_in_one()
    {
        var found = await ProjectSweep.RunAsync(_folder.FullName, Space("lr=1,2", "kind=a,b") with { Parallel = 2 }, _project, _client, Stop);

        Assert.Equal(["1 a", "1 b", "2 a", "2 b"], File.ReadLines(Path.Combine(_folder.FullName, "told")).Order());
        Assert.Equal(4, found.Trials.Count);
        foreach (var trial in found.Trials)
            Assert.Equal(found.RunId, (await _client.GetRunAsync(trial.RunId, Stop)).Data.Tags["mlflow.parentRunId"]);
        Assert.Equal(RunStatus.Finished, (await _client.GetRunAsync(found.RunId, Stop)).Info.Status);
    }

    [Fact]
    public async Task A_sweep_that_was_stopped_goes_on_with_what_is_not_done()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "bad-2"), "", Stop);
        var first = await ProjectSweep.RunAsync(_folder.FullName, Space("lr=1,2,3"), _project, _client, Stop);
        File.Delete(Path.Combine(_folder.FullName, "bad-2"));
        // What a process that was killed leaves behind: a run that still seems to be running.
        await _client.UpdateRunAsync(first.Trials[2].RunId, RunStatus.Running, cancellationToken: Stop);
        await _client.UpdateRunAsync(first.RunId, RunStatus.Running, cancellationToken: Stop);

        var second = await ProjectSweep.ResumeAsync(first.RunId, null, _project, _client, Stop);

        Assert.Equal([RunStatus.Finished, RunStatus.Failed, RunStatus.Finished], first.Trials.Select(trial => trial.Status));
        Assert.All(second.Trials, trial => Assert.Equal(RunStatus.Finished, trial.Status));
        Assert.Equal(first.Trials[0].RunId, second.Trials[0].RunId);
        Assert.Equal(RunStatus.Killed, (await _client.GetRunAsync(first.Trials[2].RunId, Stop)).Info.Status);
        Assert.Equal(["1 a", "2 a", "3 a", "2 a", "3 a"], File.ReadLines(Path.Combine(_folder.FullName, "told")));
    }

    [Fact]
    public async Task A_trial_that_falls_behind_the_others_is_stopped_and_the_next_one_begins()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "MLproject"), "entry_points:\n  main: {parameters: {lr: float}, command: \"echo $MLFLOW_RUN_ID > at-{lr}; while [ ! -f end-{lr} ]; do sleep 0.05; done\"}", Stop);
        var sweeping = ProjectSweep.RunAsync(
            _folder.FullName, Space("lr=1,2,3,4") with { Metric = "accuracy", StopEarly = true, CheckInterval = TimeSpan.FromMilliseconds(50) }, _project, _client, Stop);
        async Task TrainAsync(int lr, params double[] accuracies)
        {
            var at = Path.Combine(_folder.FullName, $"at-{lr}");
            for (var i = 0; !File.Exists(at) || new FileInfo(at).Length == 0; i++)
            {
                Assert.True(i < 600 && !sweeping.IsFaulted, $"Trial {lr} did not start within 30 seconds.");
                await Task.Delay(50, Stop);
            }

            var run = (await File.ReadAllTextAsync(at, Stop)).Trim();
            for (var step = 0; step < accuracies.Length; step++)
                await _client.LogMetricAsync(run, "accuracy", accuracies[step], step: step, cancellationToken: Stop);
        }

        await TrainAsync(1, 0.5, 0.8);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "end-1"), "", Stop);
        await TrainAsync(2, 0.5, 0.9);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "end-2"), "", Stop);
        // Nothing tells the third to end.
        await TrainAsync(3, 0.5, 0.1);
        await TrainAsync(4, 0.5, 0.85);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "end-4"), "", Stop);
        var found = await sweeping;

        Assert.Equal([RunStatus.Finished, RunStatus.Finished, RunStatus.Killed, RunStatus.Finished], found.Trials.Select(trial => trial.Status));
        Assert.Equal([false, false, true, false], found.Trials.Select(trial => trial.IsStoppedEarly));
        Assert.Equal(RunStatus.Killed, (await _client.GetRunAsync(found.Trials[2].RunId, Stop)).Info.Status);
        Assert.Equal("2", found.Best!.Parameters["lr"]);
    }

    [Fact]
    public void Random_trials_are_the_same_for_the_same_seed_and_in_their_range()
    {
        var options = Space("lr=loguniform(0.0001,0.1)", "epochs=int(2,4)", "kind=a,b") with { Trials = 50, Seed = 7 };

        var trials = SweepPlan.Of(options);

        Assert.Equal(trials.SelectMany(trial => trial.Values), SweepPlan.Of(options).SelectMany(trial => trial.Values));
        Assert.NotEqual(trials.SelectMany(trial => trial.Values), SweepPlan.Of(options with { Seed = 8 }).SelectMany(trial => trial.Values));
        Assert.All(trials, trial => Assert.InRange(double.Parse(trial["lr"], System.Globalization.CultureInfo.InvariantCulture), 0.0001, 0.1));
        Assert.Equal(["2", "3", "4"], trials.Select(trial => trial["epochs"]).Distinct().Order());
        Assert.InRange(trials.Count(trial => double.Parse(trial["lr"], System.Globalization.CultureInfo.InvariantCulture) < 0.003), 15, 35);
    }

    [Theory]
    [InlineData("lr=loguniform(0,1)", "above 0")]
    [InlineData("lr=uniform(2,1)", "the lower one first")]
    [InlineData("lr=int(1.5,3)", "whole numbers")]
    [InlineData("lr", "name=values")]
    public void What_is_no_list_or_range_is_refused(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<MlflowException>(() => SearchDimension.Parse(text)).Message);

    [Theory]
    [InlineData(0.5, false, true)]
    [InlineData(0.9, false, false)]
    [InlineData(0.5, true, false)]
    [InlineData(0.9, true, true)]
    public void The_median_rule_stops_what_is_worse_than_half_of_the_others(double reached, bool minimize, bool stops)
    {
        IReadOnlyList<Metric>[] others = [History(0.6, 0.7), History(0.7, 0.9), History(0.1)];

        Assert.Equal(stops, MedianRule.Stops(History(reached - 0.1, reached), others, new SweepOptions { Minimize = minimize }) is var now && minimize ? MedianRule.Stops(History(reached, reached + 0.1), others, new SweepOptions { Minimize = true }) : now);
        Assert.False(MedianRule.Stops(History(0.0), others, new SweepOptions()), "Step 0 is too early.");
        Assert.False(MedianRule.Stops(History(0.0, 0.0), others[..1], new SweepOptions()), "One other is too few.");
    }

    private static SweepOptions Space(params string[] dimensions) => new() { Space = [.. dimensions.Select(SearchDimension.Parse)] };

    private static IReadOnlyList<Metric> History(params double[] values) => [.. values.Select((value, step) => new Metric("accuracy", value, step, step))];
}
