using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.ML;
using MLflowSharp;
using MLflowSharp.ML;
using MLflowSharp.Onnx;
using MLflowSharp.Server;
using MLflowSharp.Serving;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Verbs;

public sealed partial class ServeVerbTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task A_model_is_served_until_it_is_stopped()
    {
        var model = WriteModel();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var serving = _course.TypeAsync(stop.Token, "serve", model, "--port", "0");
        var greeting = await _course.SaidAsync(Address());
        var token = Token().Match(_course.Output).Groups[1].Value;
        using var http = new HttpClient { BaseAddress = new(greeting.Groups[1].Value) };

        Assert.Equal(401, (int)(await http.GetAsync(new Uri("version", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Contains("Draw a digit", await http.GetStringAsync(new Uri("draw", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var content = new StringContent("""{"inputs": [[1, 2]]}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("invocations", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal("""{"predictions":{"negative":[[-1,-2]]}}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await stop.CancelAsync();

        Assert.Equal(ExitCode.Success, await serving);
        Assert.Contains("\"event\":\"request\"", _course.Output, StringComparison.Ordinal);
        Assert.Contains("requests under way are answered first", _course.Output, StringComparison.Ordinal);
        Assert.Equal("", _course.Error);
    }

    [Theory]
    [InlineData("no file MLmodel", "serve", "nowhere", "--port", "0")]
    [InlineData("--max-request-mb must be above 0", "serve", "MODEL", "--max-request-mb", "0")]
    [InlineData("--timeout must be 0 or more", "serve", "MODEL", "--timeout", "-1")]
    [InlineData("--reload must be 0 or more", "serve", "MODEL", "--reload", "-1")]
    [InlineData("Give an IP address", "serve", "MODEL", "--host", "example.org")]
    public async Task What_cannot_be_served_is_said_in_a_sentence(string reason, params string[] words)
    {
        var model = WriteModel();

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync([.. words.Select(word => word == "MODEL" ? model : word == "nowhere" ? _course.PathOf(word) : word)]));

        Assert.Contains(reason, Assert.Single(_course.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _course.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows.json", """{"dataframe_split": {"data": [[1, 2], [3, 4]]}}""")]
    [InlineData("rows.csv", "a,b\n1,2\n3,4\n")]
    public async Task A_file_is_scored(string file, string content)
    {
        var output = _course.PathOf("predictions.json");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("predict", WriteModel(), "--input", _course.Write(file, content), "--output", output));
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("predict", WriteModel("again"), "--input", _course.PathOf(file)));

        Assert.Equal("[[-1,-2],[-3,-4]]", JsonNode.Parse(await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken))!["predictions"]!["negative"]!.ToJsonString());
        Assert.Contains("[[-1,-2],[-3,-4]]", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipeline_of_ML_NET_that_cannot_be_ONNX_is_served_and_scores_files()
    {
        var context = new MLContext(seed: 1);
        var flowers = context.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(number => new Flower { Height = number % 20, Width = number % 7, Weight = 3 * (number % 20) }));
        var trained = context.Transforms.Concatenate("Features", "Height", "Width").Append(context.Regression.Trainers.Gam("Weight")).Fit(flowers);
        using var client = new MlflowClient($"sqlite:///{_course.PathOf("store.db")}", new MlflowClientOptions { DefaultArtifactRoot = _course.PathOf("artifacts"), Journal = new JournalOptions { Enabled = false } });
        var logged = MLNetFlavor.LogModel(client, client.CreateRun("0").Info.RunId, context, trained, flowers.Schema);
        var folder = await client.DownloadModelAsync(logged.ModelUri!, cancellationToken: TestContext.Current.CancellationToken);
        var expected = context.Model.CreatePredictionEngine<Flower, Said>(trained).Predict(new Flower { Height = 5, Width = 2 }).Score;
        const string Rows = """{"dataframe_records": [{"Height": 5, "Width": 2}]}""";

        await using (var server = await ScoringServer.StartAsync(folder, new() { Port = 0 }, cancellationToken: TestContext.Current.CancellationToken))
        {
            using var http = new HttpClient();
            using var answer = await http.PostAsync(new Uri(server.Uri + "/invocations"), new StringContent(Rows, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
            Assert.Equal(expected, (float)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["predictions"]![0]!["Score"]!, 1e-4f);
        }

        // The program by itself, in which nothing has loaded ML.NET before.
        var start = new ProcessStartInfo("dotnet", [typeof(ServeCommand).Assembly.Location, "predict", folder, "--input", _course.Write("rows.json", Rows), "--output", _course.PathOf("predictions.json")]) { RedirectStandardError = true };
        using (var program = Process.Start(start)!)
        {
            var said = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(program.ExitCode == 0, said);
        }

        Assert.Contains("no_onnx_because", _course.Read(Path.GetRelativePath(_course.Root, Path.Combine(folder, "MLmodel"))), StringComparison.Ordinal);
        Assert.Equal(expected, (float)JsonNode.Parse(_course.Read("predictions.json"))!["predictions"]![0]!["Score"]!, 1e-4f);
    }

    [Fact]
    public async Task A_file_that_does_not_fit_leaves_no_predictions()
    {
        var output = _course.PathOf("predictions.json");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("predict", WriteModel(), "--input", _course.Write("rows.json", """{"inputs": [[1, 2, 3]]}"""), "--output", output));

        Assert.Contains("found (1, 3)", _course.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
    }

    [Fact]
    public async Task The_help_tells_where_models_are_looked_up()
    {
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("help", "serve"));
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("help", "predict"));

        Assert.Contains("MLFLOW_TRACKING_URI", _course.Output, StringComparison.Ordinal);
        Assert.Contains("--no-token", _course.Output, StringComparison.Ordinal);
        Assert.Contains("--content-type", _course.Output, StringComparison.Ordinal);
    }

    private sealed class Flower
    {
        public float Height { get; set; }

        public float Width { get; set; }

        public float Weight { get; set; }
    }

    private sealed class Said
    {
        public float Score { get; set; }
    }

    private string WriteModel(string name = "model")
    {
        var folder = _course.PathOf(name);
        OnnxFlavor.SaveModel(new OnnxGraphBuilder("negative").Input("input", 2).Node("Neg", "negative", ["input"]).Output("negative", 2).Build(), folder);
        return folder;
    }

    [GeneratedRegex("Serving at (http://127.0.0.1:[0-9]+)")]
    private static partial Regex Address();

    [GeneratedRegex("Bearer ([0-9a-f]+)'")]
    private static partial Regex Token();
}
