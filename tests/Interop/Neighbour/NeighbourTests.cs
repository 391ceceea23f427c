using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using CSharpKernel.KernelSpecs;

namespace Interop.Neighbour;

/// <summary>
/// A node that two users share. One runs what the course's pages tell: the tracking server, once at a port and once at a socket, the scoring
/// server, JupyterLab with a C# kernel over socket files. The other, with another user id, tries what everybody on the node can.
/// </summary>
public sealed partial class NeighbourTests
{
    private const string OtherUser = "65534", Python = "/usr/bin/python3", Parameter = "what-only-the-owner-knows", Artifact = "a-confidential-result";

    [Fact]
    public async Task Another_user_of_the_machine_gets_nothing()
    {
        var python = PythonEnvironment.Require();
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists(Python))
            Assert.Skip("Only root on Linux can become another user, who needs a Python of the system.");
        using var folder = new TemporaryFolder();
        // Everybody can walk into it, so that the files have to guard themselves; whoever runs this may have any umask.
        LetRead(folder.FullName);
        var socket = folder.Combine("mlflow.sock");
        KernelSpecInstaller.InstallInto(folder.Combine("jupyter"), Path.Combine(PythonEnvironment.CheckoutFolder, "artifacts", "bin", "CSharpKernel", "CSharpKernel.dll"));
        // As environment/jupyter tells for a machine that is shared.
        File.WriteAllText(folder.Combine("jupyter/jupyter_server_config.py"), "c.KernelManager.transport_encryption = 'required'\nc.KernelManager.transport = 'ipc'\n");

        await using var ui = await StartAsync(folder, "ui", "--port", "0", "--no-browser", "--log-json");
        await using var ofSocket = await StartAsync(folder, "ui", "--unix-socket", socket, "--backend-store-uri", $"sqlite:///{folder.Combine("second.db")}");
        await using var scoring = await StartAsync(folder, "serve", Path.Combine(AppContext.BaseDirectory, "Scoring", "Models", "onnx-3.17.2"), "--port", "0");
        await using var lab = await StartLabAsync(python, folder);
        var (uiAddress, uiToken) = (ui.Greeting.Groups["uri"].Value, ui.Greeting.Groups["token"].Value);
        var (labAddress, labToken) = (lab.Greeting.Groups["uri"].Value, lab.Greeting.Groups["token"].Value);
        await LogAsync(uiAddress, uiToken);
        var connection = await StartKernelAsync(labAddress, labToken, folder);
        string[] addresses =
        [
            $"{uiAddress}/api/2.0/mlflow/experiments/search?max_results=1", $"{uiAddress}/metrics", $"{uiAddress}/", $"{scoring.Greeting.Groups["uri"].Value}/version", $"{labAddress}/api/kernels",
            $"{labAddress}/api/contents",
        ];
        List<int> processes = [.. new[] { ui, ofSocket, scoring, lab }.SelectMany(server => Listeners.WithChildren(server.ProcessId))];
        string[] sockets = [socket, .. Directory.EnumerateFiles(folder.FullName, "*-ipc-*", SearchOption.AllDirectories)];

        var got = await BeNeighbourAsync(new()
        {
            ["addresses"] = new JsonArray([.. addresses.Select(address => (JsonNode)address)]),
            ["sockets"] = new JsonArray([.. sockets.Select(file => (JsonNode)file)]),
            ["folder"] = folder.FullName,
            ["processes"] = new JsonArray([.. processes.Select(process => (JsonNode)process)]),
            ["secrets"] = new JsonObject
            {
                ["the token of the tracking server"] = uiToken,
                ["the token of the scoring server"] = scoring.Greeting.Groups["token"].Value,
                ["the token of the server at the socket"] = ofSocket.Greeting.Groups["token"].Value,
                ["the token of JupyterLab"] = labToken,
                ["the key of the kernel"] = (string)connection["key"]!,
                ["a parameter"] = Parameter,
                ["an artifact"] = Artifact,
            },
        });

        Assert.Equal(OtherUser, got["user"]!.ToString());
        Assert.All(processes.SelectMany(Listeners.Of), listener => Assert.True(IPAddress.IsLoopback(listener.Address), listener.ToString()));
        Assert.True(processes.SelectMany(Listeners.Of).Count() >= 3);
        Assert.All(got["answers"]!.AsArray().Concat(got["with_a_wrong_token"]!.AsArray()), status => Assert.Contains((int)status!, new[] { 401, 403 }));
        Assert.Equal("ipc", (string)connection["transport"]!);
        Assert.True(sockets.Length >= 6, string.Join(' ', sockets));
        Assert.Empty(got["sockets"]!.AsArray());
        // What it looked at is what there is: else it would have found nothing for want of looking.
        Assert.Equal(processes.Count, (int)got["commands_seen"]!);
        Assert.True((int)got["files_seen"]! > 10);
        Assert.Empty(got["in_commands"]!.AsArray());
        Assert.Empty(got["in_environments"]!.AsArray());
        Assert.Empty(got["in_files"]!.AsArray());
        Assert.DoesNotContain(Parameter, ui.Log, StringComparison.Ordinal);
        // Once, in the greeting, as address and for clients; a log of requests has no token.
        Assert.DoesNotContain(uiToken, ui.Log.Split('{', 2)[^1], StringComparison.Ordinal);
    }

    private static void LetRead(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("755", 8));
    }

    private static Task<RunningServer> StartAsync(TemporaryFolder folder, params string[] words) => RunningServer.StartAsync(
        folder.FullName, Greeting(),
        new Dictionary<string, string?> { ["MLFLOW_TRACKING_TOKEN"] = null, ["MLFLOW_SCORING_TOKEN"] = null, ["MLFLOW_TRACKING_URI"] = null, ["HOME"] = folder.FullName },
        ["dotnet", Path.Combine(PythonEnvironment.CheckoutFolder, "artifacts", "bin", "Tutorial.Cli", "Tutorial.Cli.dll"), .. words]);

    private static Task<RunningServer> StartLabAsync(PythonEnvironment python, TemporaryFolder folder)
    {
        var jupyter = folder.Combine("jupyter");
        var variables = python.JupyterCommand(jupyter, []).EnvironmentVariables.ToDictionary();
        variables["HOME"] = folder.FullName;
        // Jupyter itself makes it, and for its user only: the page in it that leads a browser to the token has no mode of its own.
        variables["JUPYTER_RUNTIME_DIR"] = folder.Combine("jupyter/runtime");
        return RunningServer.StartAsync(folder.FullName, LabGreeting(), variables, python.Executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.port=0", folder.FullName);
    }

    /// <summary>What the owner does, with the token: a run with a parameter and a file.</summary>
    private static async Task LogAsync(string address, string token)
    {
        using var client = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        var stop = TestContext.Current.CancellationToken;
        async Task<JsonNode> Post(string path, JsonObject body)
        {
            using var answer = await client.PostAsJsonAsync(new Uri($"{address}/api/2.0/mlflow/{path}"), body, stop);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(stop));
            return (await answer.Content.ReadFromJsonAsync<JsonNode>(stop))!;
        }

        var run = (await Post("runs/create", new() { ["experiment_id"] = "0" }))["run"]!["info"]!;
        await Post("runs/log-parameter", new() { ["run_id"] = (string)run["run_id"]!, ["key"] = "secret", ["value"] = Parameter });
        using var content = new StringContent(Artifact);
        using var put = await client.PutAsync(new Uri($"{address}/api/2.0/mlflow-artifacts/artifacts/0/{run["run_id"]}/artifacts/result.txt"), content, stop);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(stop));
    }

    private static async Task<JsonNode> StartKernelAsync(string address, string token, TemporaryFolder folder)
    {
        using var client = new HttpClient { DefaultRequestHeaders = { Authorization = new("token", token) } };
        var stop = TestContext.Current.CancellationToken;
        using var answer = await client.PostAsJsonAsync(new Uri($"{address}/api/kernels"), new JsonObject { ["name"] = ".net-csharp" }, stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(stop));
        var file = Directory.EnumerateFiles(folder.FullName, "kernel-*.json", SearchOption.AllDirectories).Single();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (Directory.GetFiles(folder.FullName, "*-ipc-*", SearchOption.AllDirectories).Length < 5)
            await Task.Delay(50, limit.Token);
        return JsonNode.Parse(await File.ReadAllTextAsync(file, stop))!;
    }

    private static async Task<JsonNode> BeNeighbourAsync(JsonObject asked)
    {
        // The script too has to be within the other user's reach.
        using var place = new TemporaryFolder();
        LetRead(place.FullName);
        var script = place.Combine("neighbour.py");
        File.Copy(PythonEnvironment.Script("neighbour"), script);
        LetRead(script);
        var result = await Cli.Wrap("setpriv").WithArguments([$"--reuid={OtherUser}", $"--regid={OtherUser}", "--clear-groups", Python, script]).WithWorkingDirectory("/")
            .WithStandardInputPipe(PipeSource.FromString(asked.ToJsonString())).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return JsonNode.Parse(result.StandardOutput)!;
    }

    // "MLflow is at http://…/?token=…", "Serving at http://… Bearer …", or a socket with the token in the line below.
    [GeneratedRegex(@"(?:MLflow is|Serving) at (?<uri>\S+?)(?:/\?token=|[.,]\s[\s\S]*?Bearer )(?<token>[0-9a-f]{32})")]
    private static partial Regex Greeting();

    [GeneratedRegex(@"(?<uri>http://(?:127\.0\.0\.1|localhost):\d+)/lab\S*\?token=(?<token>[0-9a-f]+)")]
    private static partial Regex LabGreeting();
}
