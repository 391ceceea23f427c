using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MLflowSharp.Tests.Stores.Files;

/// <summary>File stores without a journal before them, whose writers are killed, whose files are torn, and who are many.</summary>
public sealed class FileFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Root => Path.Combine(_folder.FullName, "mlruns");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_is_there_once_however_often_the_writer_is_killed()
    {
        const int Kills = 12;
        var run = NewClient().CreateRun("0").Info.RunId;
        var progress = Path.Combine(_folder.FullName, "progress");
        using var logged = new TrainingProcess.Progress(progress);
        for (var kill = 0; kill < Kills; kill++)
        {
            // What was being logged when the process died is logged again by the next.
            var first = logged.Logged;
            using var writer = Start(run, progress, first, 10_000_000);
            while (logged.Logged < first + 5 && !writer.HasExited)
                await Task.Delay(1, TestContext.Current.CancellationToken);
            await Task.Delay(Random.Shared.Next(60), TestContext.Current.CancellationToken);
            Assert.False(writer.HasExited, "The writer ended by itself.");
            writer.Kill();
            await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var client = NewClient();
        var count = logged.Logged;
        var steps = client.GetMetricHistory(run, "loss").Select(point => (point.Step, point.Value)).ToList();
        Assert.True(count > Kills * 5, $"Only {count} values.");
        // One more may be there: it was written, and the process died before it could say so.
        Assert.InRange(steps.Count, count, count + 1);
        Assert.Equal(Enumerable.Range(0, steps.Count).Select(step => ((long)step, (double)step)), steps);
        var data = client.GetRun(run).Data;
        Assert.All(Enumerable.Range(0, (int)count).Where(step => step % TrainingProcess.Progress.StepsBetweenParameters == 0), step => Assert.Equal($"{step}", data.Params[$"p{step}"]));
        Assert.All(data.Params, param => Assert.Equal(param.Key[1..], param.Value));
    }

    [Fact]
    public async Task Four_processes_write_one_metric_of_one_run()
    {
        const int Each = 1500;
        var run = NewClient().CreateRun("0").Info.RunId;
        var writers = Enumerable.Range(0, 4).Select(i => Start(run, Path.Combine(_folder.FullName, $"progress{i}"), i * Each, Each)).ToList();
        foreach (var writer in writers)
        {
            await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, writer.ExitCode);
            writer.Dispose();
        }

        using var client = NewClient();
        Assert.Equal(Enumerable.Range(0, 4 * Each).Select(step => (double)step), client.GetMetricHistory(run, "loss").Select(point => point.Value));
        Assert.All(client.GetRun(run).Data.Params, param => Assert.Equal(param.Key[1..], param.Value));
    }

    [Fact]
    public void A_batch_that_is_logged_again_is_there_once()
    {
        using var client = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        List<Metric> batch = [.. Enumerable.Range(0, 500).Select(step => new Metric(step % 2 == 0 ? "a" : "b", step, 1000 + step / 50, step)), new("a", 1, 5), new("a", 1, 5)];
        client.LogBatch(run, batch);
        client.LogBatch(run, batch);
        client.LogMetric(run, "a", 7, DateTimeOffset.FromUnixTimeMilliseconds(9999));
        using (var another = NewClient())
            another.LogBatch(run, batch);
        client.LogBatch(run, [.. Enumerable.Reverse(batch)]);

        Assert.Equal((252, 250), (client.GetMetricHistory(run, "a").Count, client.GetMetricHistory(run, "b").Count));
        Assert.Equal(252, File.ReadAllLines(Path.Combine(Root, "0", run, "metrics", "a")).Length);
    }

    [Theory]
    [InlineData("1700000000005 0.", "1700000000005 0.25 5")] // Its own beginning: the line is only continued.
    [InlineData("1699999999999 0.1", null)] // Of another line, of which nobody was told: it goes.
    [InlineData("17", "1700000000005 0.25 5")]
    public void A_line_that_a_killed_process_left_unfinished_is_repaired_by_the_next(string torn, string? continued)
    {
        using var client = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogBatch(run, [new("m", 1, 1_700_000_000_001, 1)]);
        var file = Path.Combine(Root, "0", run, "metrics", "m");
        client.Dispose();
        File.AppendAllText(file, torn);

        using var next = NewClient();
        Assert.Equal([1L], next.GetMetricHistory(run, "m").Select(point => point.Step));
        Assert.Equal(1, next.GetRun(run).Data.Metrics["m"]);
        next.LogBatch(run, [new("m", 0.25, 1_700_000_000_005, 5)]);

        Assert.Equal($"1700000000001 1.0 1\n{continued ?? "1700000000005 0.25 5"}\n", File.ReadAllText(file));
    }

    [Fact]
    public void A_torn_line_in_the_middle_of_a_repeated_batch_is_continued()
    {
        using var client = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        Metric[] batch = [new("m", 1, 10, 1), new("m", 2, 20, 2), new("m", 3, 30, 3)];
        client.LogBatch(run, batch);
        client.Dispose();
        var file = Path.Combine(Root, "0", run, "metrics", "m");
        File.WriteAllText(file, "20 2");

        using var next = NewClient();
        next.LogBatch(run, batch);
        Assert.Equal("20 2.0 2\n10 1.0 1\n30 3.0 3\n", File.ReadAllText(file));
        Assert.Equal([1L, 2, 3], next.GetMetricHistory(run, "m").Select(point => point.Step));
    }

    [Fact]
    public void While_another_process_has_the_file_open_a_torn_line_stays_a_line_of_its_own()
    {
        using var other = NewClient();
        using var client = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        var file = Path.Combine(Root, "0", run, "metrics", "m");
        other.LogBatch(run, [new("m", 0, 0, 0)]);
        // A new file is made at once; with the second call it is kept open.
        other.LogBatch(run, [new("m", 1, 1, 1)]);
        File.AppendAllText(file, "x");
        client.LogBatch(run, [new("m", 2, 2, 2)]);
        other.LogBatch(run, [new("m", 3, 3, 3)]);

        Assert.Equal("0 0.0 0\n1 1.0 1\nx\n2 2.0 2\n3 3.0 3\n", File.ReadAllText(file));
        var warnings = new List<string>();
        using var reader = NewClient(warnings.Add);
        Assert.Equal([0, 1, 2, 3], reader.GetMetricHistory(run, "m").Select(point => point.Value));
        Assert.Contains("1 damaged line", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_values_for_one_parameter_one_wins_and_the_others_are_told()
    {
        using var first = NewClient();
        for (var round = 0; round < 20; round++)
        {
            var run = first.CreateRun("0").Info.RunId;
            var clients = Enumerable.Range(0, 6).Select(_ => NewClient()).ToList();
            using var start = new ManualResetEventSlim();
            var attempts = clients.Select((client, i) => Task.Run(() =>
            {
                start.Wait();
                try
                {
                    client.LogBatch(run, [], [new($"own{i}", "x"), new("p", $"{i}")]);
                    return (int?)i;
                }
                catch (MlflowException error) when (error.ErrorCode == ErrorCode.InvalidParameterValue)
                {
                    return null;
                }
            })).ToList();
            start.Set();
            var winner = Assert.Single(await Task.WhenAll(attempts), outcome => outcome is not null);

            var parameters = first.GetRun(run).Data.Params;
            Assert.Equal(new Dictionary<string, string> { ["p"] = $"{winner}", [$"own{winner}"] = "x" }, parameters);
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task A_name_or_a_number_is_given_once_whoever_asks()
    {
        var clients = Enumerable.Range(0, 5).Select(_ => NewClient()).ToList();
        clients[0].CreateRegisteredModel("model");
        var experiments = await Task.WhenAll(clients.Select(client => Task.Run(() => Created(() => client.CreateExperiment("same")))));
        var versions = await Task.WhenAll(clients.Select(client => Task.Run(() => Enumerable.Range(0, 5).Select(_ => client.CreateModelVersion("model", "s3://x").Version).ToList())));
        var models = await Task.WhenAll(clients.Select(client => Task.Run(() => Created(() => client.CreateRegisteredModel("another").Name))));

        Assert.Single(experiments, created => created);
        Assert.Single(models, created => created);
        Assert.Equal(Enumerable.Range(1, 25), versions.SelectMany(each => each).Select(version => int.Parse(version, CultureInfo.InvariantCulture)).Order());
        clients.ForEach(client => client.Dispose());

        static bool Created(Func<string> create)
        {
            try
            {
                return create().Length > 0;
            }
            catch (MlflowException error) when (error.ErrorCode == ErrorCode.ResourceAlreadyExists)
            {
                return false;
            }
        }
    }

    [Fact]
    public void A_change_by_another_process_is_seen_at_once()
    {
        using var client = NewClient();
        using var other = NewClient();
        var experiment = client.CreateExperiment("e");
        var run = client.CreateRun(experiment).Info.RunId;
        client.LogMetric(run, "m", 1);
        other.DeleteRun(run);
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => client.LogMetric(run, "m", 2)).ErrorCode);
        other.RestoreRun(run);
        client.LogMetric(run, "m", 2);
        other.DeleteExperiment(experiment);
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => client.LogMetric(run, "m", 3)).ErrorCode);
        other.RestoreExperiment(experiment);
        client.LogMetric(run, "m", 3);
        Assert.Equal([1, 2, 3], other.GetMetricHistory(run, "m").Select(point => point.Value).Order());
    }

    [Fact]
    public void Files_that_are_damaged_or_just_being_made_do_not_hide_the_others()
    {
        var warnings = new StringBuilder();
        using var client = NewClient(text => warnings.AppendLine(text));
        var whole = client.CreateRun("0").Info.RunId;
        var damaged = client.CreateRun("0").Info.RunId;
        var renamed = client.CreateRun("0").Info.RunId;
        File.WriteAllText(Path.Combine(Root, "0", damaged, "meta.yaml"), "run_id: [");
        Directory.Move(Path.Combine(Root, "0", renamed), Path.Combine(Root, "0", "0123456789abcdef0123456789abcdef"));
        Directory.CreateDirectory(Path.Combine(Root, "0", "ffffffffffffffffffffffffffffffff", "metrics"));
        Directory.CreateDirectory(Path.Combine(Root, "123456"));

        Assert.Equal(whole, Assert.Single(client.SearchRuns(["0"])).Info.RunId);
        Assert.Equal("Default", Assert.Single(client.SearchExperiments()).Name);
        Assert.Contains(damaged, warnings.ToString(), StringComparison.Ordinal);
        Assert.Contains(renamed, warnings.ToString(), StringComparison.Ordinal);
        Assert.Equal(ErrorCode.DataLoss, Assert.Throws<MlflowException>(() => client.GetRun(damaged)).ErrorCode);
        Assert.Equal(ErrorCode.InvalidState, Assert.Throws<MlflowException>(() => client.GetRun("0123456789abcdef0123456789abcdef")).ErrorCode);
        Assert.Equal(ErrorCode.ResourceDoesNotExist, Assert.Throws<MlflowException>(() => client.GetRun("ffffffffffffffffffffffffffffffff")).ErrorCode);
    }

    [Fact]
    public void More_files_than_are_kept_open_are_written()
    {
        using var client = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        for (var time = 0; time < 3; time++)
            client.LogBatch(run, [.. Enumerable.Range(0, 400).Select(i => new Metric($"m{i}", i, time, time))]);

        Assert.All(Enumerable.Range(0, 400), i => Assert.Equal(3, client.GetMetricHistory(run, $"m{i}").Count));
        if (OperatingSystem.IsLinux())
            Assert.InRange(Directory.EnumerateFiles("/proc/self/fd").Count(link => new FileInfo(link).LinkTarget?.Contains(run, StringComparison.Ordinal) == true), 0, 128);
    }

    private MlflowClient NewClient(Action<string>? warn = null) =>
        new(Root, new MlflowClientOptions { Journal = new JournalOptions { Enabled = false }, Warn = warn ?? (_ => { }) });

    private Process Start(string run, string progress, long first, long steps)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "TrainingProcess.dll"), Root, run, progress, $"{first}", $"{steps}"]);
        start.Environment["MLFLOWSHARP_JOURNAL"] = "false";
        return Process.Start(start)!;
    }
}
