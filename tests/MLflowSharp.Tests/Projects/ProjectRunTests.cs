using System.Diagnostics;
using System.IO.Compression;
using MLflowSharp.Projects;

namespace MLflowSharp.Tests.Projects;

public sealed class ProjectRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly MlflowClient _client;

    public ProjectRunTests() => _client = _folder.NewClient();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_run_gets_parameters_tags_variables_and_its_log()
    {
        Write("entry_points:\n  main:\n    parameters: {word: string}\n    command: \"echo {word} $MLFLOW_RUN_ID $MLFLOW_EXPERIMENT_ID $MLFLOW_TRACKING_URI; echo warning >&2\"");

        var run = await MlflowProjects.RunAsync(_folder.FullName, Options with { Parameters = Of("word", "a b"), ExperimentName = "e", RunName = "r", Tags = Of("team", "vision") }, _client, Stop);

        Assert.Equal(RunStatus.Finished, run.Info.Status);
        Assert.Equal("'a b'", run.Data.Params["word"]);
        Assert.Equal(("PROJECT", "main", "local", _folder.FullName, "r", "vision"), (run.Data.Tags["mlflow.source.type"], run.Data.Tags["mlflow.project.entryPoint"], run.Data.Tags["mlflow.project.backend"], run.Data.Tags["mlflow.source.name"], run.Info.RunName, run.Data.Tags["team"]));
        var log = await File.ReadAllTextAsync(await _client.DownloadArtifactsAsync(run.Info.RunId, "logs/project.log", cancellationToken: Stop), Stop);
        Assert.Contains($"a b {run.Info.RunId} {run.Info.ExperimentId} {_folder.TrackingUri}", log);
        Assert.Contains("warning", log);
        Assert.Contains(run.Info.RunId, _output.ToString());
    }

    [Fact]
    public async Task A_program_that_fails_leaves_a_failed_run_and_what_is_refused_leaves_none()
    {
        Write("entry_points:\n  main: {parameters: {code: float}, command: \"exit {code}\"}");

        var failure = await Assert.ThrowsAsync<MlflowException>(() => MlflowProjects.RunAsync(_folder.FullName, Options with { Parameters = Of("code", "3") }, _client, Stop));
        await Assert.ThrowsAsync<MlflowException>(() => MlflowProjects.RunAsync(_folder.FullName, Options, _client, Stop));

        Assert.Contains("failed", failure.Message);
        Assert.Equal(RunStatus.Failed, Assert.Single(await _client.SearchRunsAsync(["0"], cancellationToken: Stop)).Info.Status);
    }

    [Fact]
    public async Task Stopping_kills_all_that_the_program_started()
    {
        Write("entry_points:\n  main: {command: \"sleep 98 & echo $! > child; echo ready; wait\"}");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var submitted = await MlflowProjects.StartAsync(_folder.FullName, Options, _client, stop.Token);
        var waiting = submitted.WaitAsync(stop.Token);
        await UntilAsync(() => _output.ToString().Contains("ready", StringComparison.Ordinal));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Assert.Equal(RunStatus.Killed, (await _client.GetRunAsync(submitted.RunId, Stop)).Info.Status);
        var child = int.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "child"), Stop), null);
        await UntilAsync(() => !IsAlive(child));
    }

    [Fact]
    public async Task A_git_repository_is_fetched_in_the_version_that_is_asked_for()
    {
        var repository = Directory.CreateDirectory(Path.Combine(_folder.FullName, "repository", "inner")).Parent!.FullName;
        Git(repository, "init", "-q", "-b", "main");
        await File.WriteAllTextAsync(Path.Combine(repository, "inner", "MLproject"), "entry_points:\n  main: {command: \"echo first\"}", Stop);
        Git(repository, "add", ".");
        Git(repository, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
        var first = Git(repository, "rev-parse", "HEAD").Trim();
        Git(repository, "checkout", "-qb", "dev");
        await File.WriteAllTextAsync(Path.Combine(repository, "inner", "MLproject"), "entry_points:\n  main: {command: \"echo second\"}", Stop);
        Git(repository, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "second");

        var old = await MlflowProjects.RunAsync($"file://{repository}#inner", Options with { Version = first[..9] }, _client, Stop);
        var branch = await MlflowProjects.RunAsync($"file://{repository}#inner", Options with { Version = "dev" }, _client, Stop);
        var local = await MlflowProjects.RunAsync(Path.Combine(repository, "inner"), Options, _client, Stop);
        var refusal = await Assert.ThrowsAsync<MlflowException>(() => MlflowProjects.RunAsync($"file://{repository}#inner", Options with { Version = "nowhere" }, _client, Stop));

        Assert.Equal((first, $"file://{repository}#inner"), (old.Data.Tags["mlflow.source.git.commit"], old.Data.Tags["mlflow.source.name"]));
        Assert.Equal("dev", branch.Data.Tags["mlflow.source.git.branch"]);
        Assert.Equal(branch.Data.Tags["mlflow.source.git.commit"], local.Data.Tags["mlflow.source.git.commit"]);
        Assert.Equal($"file://{repository}#inner", local.Data.Tags["mlflow.source.name"]);
        Assert.Contains("first", _output.ToString());
        Assert.Contains("'nowhere'", refusal.Message);
    }

    [Fact]
    public async Task A_zip_file_is_unpacked_and_a_broken_one_leaves_no_run()
    {
        var inner = Directory.CreateDirectory(Path.Combine(_folder.FullName, "packed", "inner")).FullName;
        await File.WriteAllTextAsync(Path.Combine(inner, "MLproject"), "entry_points:\n  main: {command: \"cat beside.txt\"}", Stop);
        await File.WriteAllTextAsync(Path.Combine(inner, "beside.txt"), "from the zip file", Stop);
        var zip = Path.Combine(_folder.FullName, "project.zip");
        await ZipFile.CreateFromDirectoryAsync(Path.Combine(_folder.FullName, "packed"), zip, Stop);
        var broken = Path.Combine(_folder.FullName, "broken.zip");
        await File.WriteAllTextAsync(broken, "no zip file", Stop);

        var run = await MlflowProjects.RunAsync($"{zip}#inner", Options, _client, Stop);
        var refusal = await Assert.ThrowsAsync<MlflowException>(() => MlflowProjects.RunAsync(broken, Options, _client, Stop));

        Assert.Equal(RunStatus.Finished, run.Info.Status);
        Assert.Contains("from the zip file", _output.ToString());
        Assert.Contains("cannot be unpacked", refusal.Message);
        Assert.Single(await _client.SearchRunsAsync(["0"], cancellationToken: Stop));
    }

    [Fact]
    public async Task A_path_is_made_full_and_a_missing_one_refused_before_anything_is_logged()
    {
        Write("entry_points:\n  main: {parameters: {data: {type: path, default: own.txt}}, command: \"cat {data}\"}");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "own.txt"), "my own", Stop);

        await MlflowProjects.RunAsync(_folder.FullName, Options, _client, Stop);
        var refusal = await Assert.ThrowsAsync<MlflowException>(() => MlflowProjects.RunAsync(_folder.FullName, Options with { Parameters = Of("data", "/no/such") }, _client, Stop));

        Assert.Contains("my own", _output.ToString());
        Assert.Contains("no such file or directory", refusal.Message);
        Assert.Single(await _client.SearchRunsAsync(["0"], cancellationToken: Stop));
    }

    [Fact]
    public async Task Without_an_engine_the_container_is_shown()
    {
        Write("docker_env: {image: my-image, volumes: [\"/data:/data\"], environment: [[A, \"b c\"]]}\nentry_points:\n  main: {command: \"python train.py\"}");

        var shown = await MlflowProjects.DescribeAsync(_folder.FullName, Options with { DockerArguments = [new("gpus", "all"), new("t", null)] }, Stop);

        Assert.StartsWith("docker run --rm --gpus all -t ", shown);
        Assert.EndsWith(" -v /data:/data -e MLFLOW_RUN_ID=RUN_ID -e MLFLOW_TRACKING_URI=sqlite:////mlflow/tmp/mlruns -e MLFLOW_EXPERIMENT_ID=EXPERIMENT_ID -e 'A=b c' my-image python train.py", shown);
    }

    private ProjectRunOptions Options => new() { Output = _output, Tell = _ => { }, GracePeriod = TimeSpan.FromSeconds(5) };

    private void Write(string text) => File.WriteAllText(Path.Combine(_folder.FullName, "MLproject"), text);

    private static Dictionary<string, string> Of(string name, string value) => new() { [name] = value };

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; !holds(); i++)
        {
            Assert.True(i < 600, "It did not happen within 30 seconds.");
            await Task.Delay(50, Stop);
        }
    }

    // One that nobody waited for is gone all the same.
    private static bool IsAlive(int process) => File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static string Git(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output;
    }
}
