using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using CliWrap;

namespace Interop.Stores;

/// <summary>The real MLflow's web server over a database, on a free local port, until disposed.</summary>
internal sealed class MlflowServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http;
    private readonly StringBuilder _log = new();
    private readonly Task _process;

    private MlflowServer(PythonEnvironment python, TemporaryFolder folder, IEnumerable<string> more, Func<Command, Command>? with, int? wanted)
    {
        var port = wanted ?? FreePort();
        _http = new() { BaseAddress = new($"http://127.0.0.1:{port}") };
        string[] arguments =
        [
            "-m", "mlflow", "server", "--backend-store-uri", folder.TrackingUri, "--host", "127.0.0.1", "--port", $"{port}", "--workers", "1", .. more,
        ];
        var command = python.Command(PythonEnvironment.NewestMlflow, arguments);
        _process = (with is null ? command : with(command))
            .WithWorkingDirectory(folder.FullName)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(_log))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(_log))
            .ExecuteAsync(_stop.Token);
    }

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="python">The Python that holds MLflow.</param>
    /// <param name="folder">Where the server's database is.</param>
    /// <param name="more">More arguments of <c>mlflow server</c>.</param>
    /// <param name="with">Changes the command, its variables for instance; null to keep it.</param>
    /// <param name="port">Where it listens, for instance where one did before; null for a free port.</param>
    public static async Task<MlflowServer> StartAsync(
        PythonEnvironment python, TemporaryFolder folder, IEnumerable<string>? more = null, Func<Command, Command>? with = null, int? port = null)
    {
        var server = new MlflowServer(python, folder, more ?? [], with, port);
        try
        {
            await server.WaitUntilHealthyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The server's address.</summary>
    public string Uri => _http.BaseAddress!.ToString().TrimEnd('/');

    /// <summary>Posts JSON as the web pages do and returns the answer.</summary>
    public async Task<JsonNode> PostAsync(string path, JsonObject body)
    {
        // With its length: the server takes a chunked body for an empty one.
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new System.Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path} answered {(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Stops the server and every process it started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        try
        {
            await _process;
        }
        catch (OperationCanceledException)
        {
            // This is how a stopped process ends.
        }

        _http.Dispose();
        _stop.Dispose();
    }

    private async Task WaitUntilHealthyAsync()
    {
        for (var attempt = 0; attempt < 1200 && !_process.IsCompleted; attempt++)
        {
            try
            {
                if ((await _http.GetAsync(new System.Uri("health", UriKind.Relative), TestContext.Current.CancellationToken)).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(250, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"mlflow server did not become healthy within five minutes:\n{_log}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
