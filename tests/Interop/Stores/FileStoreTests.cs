using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp;

namespace Interop.Stores;

/// <summary>The real MLflow and our client in the same file store.</summary>
public sealed class FileStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Root => _folder.Combine("ml runs");

    /// <summary>Which MLflow reads the files of which version. Those of MLflow 2 need a line that MLflow 3 does not write.</summary>
    public static TheoryData<string, string> Fitting => new()
    {
        { "2.15.1", "2.15" },
        { "2.22.5", "2.22" },
        { "2.22.5", "2.15" },
        { "3.3.2", "3.3" },
        { "3.3.2", "2.15" },
        { "3.17.2", "2.15" },
        { "3.17.2", "3.3" },
        { "3.17.2", "3.17" },
    };

    [Theory]
    [MemberData(nameof(Fitting))]
    public async Task MLflow_finds_in_our_files_what_we_wrote_and_we_find_what_it_adds(string mlflow, string version)
    {
        var python = PythonEnvironment.Require();
        var run = SampleStore.Write(_folder, version, Root);
        var ours = Read();

        var theirs = await python.RunAsync("append_store", mlflow, Root, run);

        var before = StoreJson.Read(theirs["before"]!);
        Assert.Equal(ours.ToString(), InOurOrder(before).ToString());
        var parent = Assert.Single(before.Runs, item => item.RunName == "parent");
        Assert.Equal(
            ["0.1 @ -5", "NaN @ 0", "inf @ 1", "-inf @ 2", "1e+300 @ 3", "5e-324 @ 4"],
            parent.History["odd"].OrderBy(point => point.Step).Select(point => $"{point.Value} @ {point.Step}"));
        Assert.Equal(8, parent.Artifacts.Count);

        ours = Read();
        Assert.Equal(InOurOrder(StoreJson.Read(theirs["after"]!)).ToString(), ours.ToString());
        Assert.Equal("Python: äöå ✓", ours.Runs.Single(item => item.RunName == "parent").Tags["appended.by"]);
        Assert.Equal("written by Python\n", ours.Runs.Single(item => item.RunName == "from python").Artifacts["notes/python.txt"]);
    }

    [Theory]
    [InlineData("2.15.1")]
    [InlineData("2.22.5")]
    [InlineData("3.3.2")]
    [InlineData("3.17.2")]
    public async Task We_read_and_go_on_in_files_that_MLflow_created(string mlflow)
    {
        var python = PythonEnvironment.Require();
        var theirs = StoreJson.Read(await python.RunAsync("create_store", mlflow, _folder.FullName, Root));
        var ours = Read();
        Assert.Equal(InOurOrder(theirs).ToString(), ours.ToString());

        TheirDatabaseTests.GoOn(Root, new() { DatabaseVersion = mlflow[..mlflow.LastIndexOf('.')] }, ours.Runs.Single(run => run.RunName == "parent"));
        ours = Read();
        theirs = StoreJson.Read(await python.RunAsync("read_store", mlflow, Root));

        Assert.Equal(ours.ToString(), InOurOrder(theirs).ToString());
        Assert.Equal("from C#\n", theirs.Runs.Single(run => run.RunName == "ours").Artifacts["notes/csharp.txt"]);
        Assert.Equal("0.0625", theirs.Runs.Single(run => run.RunName == "parent").Metrics["loss"]);
    }

    [Theory]
    [InlineData("2.15.1", "2.15")]
    [InlineData("3.17.2", "3.17")]
    public async Task MLflow_and_we_may_write_to_one_run_at_the_same_time(string mlflow, string version)
    {
        var python = PythonEnvironment.Require();
        using var client = new MlflowClient(Root, new() { DatabaseVersion = version });
        var run = client.CreateRun("0").Info.RunId;

        var theirs = python.RunAsync("write_metrics", mlflow, Root, run, "300");
        var ours = 0;
        while (!theirs.IsCompleted)
        {
            client.LogBatch(run, [new("ours", ours, ours, ours), new("theirs", -1, 1_000_000 + ours, 0)]);
            ours++;
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }

        await theirs;
        Assert.Equal(Enumerable.Range(0, 300).Select(step => (long)step), client.GetMetricHistory(run, "theirs").Where(point => point.Value >= 0).Select(point => point.Step));
        Assert.Equal(ours, client.GetMetricHistory(run, "theirs").Count(point => point.Value < 0));
        Assert.Equal(Enumerable.Range(0, ours).Select(step => (long)step), client.GetMetricHistory(run, "ours").Select(point => point.Step));
    }

    [Fact]
    public async Task Our_YAML_is_what_MLflow_would_have_written()
    {
        var python = PythonEnvironment.Require();
        var texts = OddTexts.All(seed: 20261125, count: 600);
        using (var client = new MlflowClient(Root, new() { DatabaseVersion = "3.17", Warn = _ => { } }))
        {
            foreach (var (text, i) in texts.Select((text, i) => (text, i)))
            {
                var run = client.CreateRun("0", runName: text).Info.RunId;
                client.LogInputs(run, [new(new($"dataset {i}", $"{i}", "local", text, text + text, $"{i}: {text}"), [new(Start(text), Start(text))])]);
            }
        }

        var answer = await python.RunAsync("redump", PythonEnvironment.NewestMlflow, Root);

        Assert.True((int)answer["count"]! > 1500);
        Assert.Empty(answer["different"]!.AsArray().Select(pair => $"{pair![0]}\n--- MLflow:\n{pair[1]}"));
        // And what is read back is what was given.
        using var again = new MlflowClient(Root);
        var wrong = new List<string>();
        foreach (var run in again.SearchRuns(["0"], maxResults: 5000))
        {
            var (dataset, tags) = Assert.Single(run.Inputs.DatasetInputs);
            var text = texts[int.Parse(dataset.Digest, CultureInfo.InvariantCulture)];
            if ((run.Info.RunName, dataset.Source, dataset.Schema, Assert.Single(tags)) != (text, text, text + text, new InputTag(Start(text), Start(text))))
                wrong.Add(JsonSerializer.Serialize(text) + " is read as " + JsonSerializer.Serialize(run.Info.RunName));
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_limit_is_where_MLflow_has_it()
    {
        var python = PythonEnvironment.Require();
        using var client = new MlflowClient(Root, new() { DatabaseVersion = "3.17", Warn = _ => { } });
        var experiment = client.CreateExperiment("theirs");
        var attempts = RefusalTests.Attempts;
        var cases = new JsonArray([.. attempts.Select(each => (JsonNode)new JsonArray(each.Kind, each.Key, each.Value))]);
        await File.WriteAllTextAsync(_folder.Combine("cases.json"), cases.ToJsonString(), TestContext.Current.CancellationToken);

        var theirs = (await python.RunAsync("refusals", PythonEnvironment.NewestMlflow, _folder.FullName, _folder.Combine("theirs"))).AsArray();

        // MLflow's file store takes these without looking. Ours refuses or truncates them as its databases do, so that they can move to one.
        (string, int, int)[] ofDatabases = [("tag", 251, 1), ("tag", 4, 8001), ("dataset", 501, 1), ("dataset", 1, 37), ("input_tag", 256, 1), ("input_tag", 1, 501)];
        var differences = RefusalTests.Differences(attempts, attempts.Select(attempt => attempt.Make(client, experiment)), theirs)
            .Where(difference => !ofDatabases.Contains((difference.Attempt.Kind, difference.Attempt.Key.Length, difference.Attempt.Value.Length))).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences.Select(difference => difference.Text)));
    }

    // Keys are at most 255 characters long, and no character is cut in two.
    private static string Start(string text) => text.Length <= 200 ? text : char.IsHighSurrogate(text[199]) ? text[..199] : text[..200];

    private StoreContents Read() => InOurOrder(StoreReader.Read(Root));

    /// <summary>MLflow gives a file's points in the order in which they were logged, we in order of time, step and value.</summary>
    private static StoreContents InOurOrder(StoreContents contents) => contents with
    {
        Runs = [.. contents.Runs.Select(run => run with
        {
            History = new(
                run.History.ToDictionary(history => history.Key, history => (IReadOnlyList<PointContents>)[.. history.Value.OrderBy(point => point.Timestamp).ThenBy(point => point.Step).ThenBy(point => point.Value, StringComparer.Ordinal)]),
                StringComparer.Ordinal),
        })],
    };
}
