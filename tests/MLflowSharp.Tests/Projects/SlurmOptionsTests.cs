using MLflowSharp.Projects;
using MLflowSharp.Projects.Slurm;

namespace MLflowSharp.Tests.Projects;

public sealed class SlurmOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_job_script_can_be_seen_before_it_is_submitted()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "MLproject"), "name: my project\nentry_points:\n  main: {parameters: {lr: float}, command: \"python train.py {lr}\"}", TestContext.Current.CancellationToken);
        var slurm = SlurmOptions.Parse("""{"account": "project_2001234", "partition": "small", "time": "00:15:00", "mem": "4G", "cpus-per-task": 4, "modules": ["python-data"], "environment": {"A": "b c"}, "resubmissions": 2, "signal_before": 90}""");

        var script = await MlflowProjects.DescribeAsync(_folder.FullName, new() { Slurm = slurm, Parameters = new Dictionary<string, string> { ["lr"] = "0.1" } }, TestContext.Current.CancellationToken);

        foreach (var line in (string[])["#!/bin/bash -l", "#SBATCH --job-name=my-project", "#SBATCH --account=project_2001234", "#SBATCH --partition=small", "#SBATCH --time=00:15:00", "#SBATCH --mem=4G", "#SBATCH --cpus-per-task=4", "#SBATCH --signal=B:USR1@90", "#SBATCH --requeue", "module load python-data", "export A='b c'", "resubmissions=2", "      exec bash -c 'python train.py 0.1' ;;"])
            Assert.Contains(line, script.Split('\n'));
    }

    [Theory]
    [InlineData("1", null, "15")]
    [InlineData("00:15:00", null, "60")]
    [InlineData("1-02:00:00", 300, "300")]
    [InlineData("0:30", null, "7")]
    public async Task The_signal_comes_well_before_the_time_limit_and_after_the_begin(string time, int? before, string seconds)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "MLproject"), "entry_points:\n  main: {command: a}", TestContext.Current.CancellationToken);
        var slurm = new SlurmOptions { Requests = new Dictionary<string, string> { ["time"] = time }, SignalBefore = before is { } given ? TimeSpan.FromSeconds(given) : null };

        Assert.Contains($"--signal=B:USR1@{seconds}\n", await MlflowProjects.DescribeAsync(_folder.FullName, new() { Slurm = slurm }, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<MlflowException>(() => MlflowProjects.DescribeAsync(_folder.FullName, new() { Slurm = slurm with { SignalBefore = TimeSpan.FromDays(3) } }, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("{\"partitoin\": \"small\"}", "'partitoin' is not known. Did you mean 'partition'?")]
    [InlineData("{\"time\": \"1\\n#SBATCH --mem=1\"}", "which has signs that sbatch takes in no value")]
    [InlineData("{\"resubmissions\": \"2\"}", "a whole number from 0 to 1000")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{", "is not JSON")]
    [InlineData("missing.json", "There is no file missing.json")]
    public void What_is_not_understood_is_refused(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<MlflowException>(() => SlurmOptions.Parse(text)).Message);
}
