using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MLflowSharp;

namespace Tutorial.Helpers;

/// <summary>
/// A model that a server of its own serves, as <c>dotnet tutorial.cs serve</c> does in a terminal: on this machine only, at a port that is free,
/// to those who show its token. It ends when this is disposed, and also when the notebook's process ends in whatever way.
/// </summary>
public sealed class ServedModel : IDisposable
{
    private const string ServingProgram = "MLflowSharp.Serving", Greeting = "Serving at ";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly Process _server;

    private ServedModel(Process server, string uri, string token) => (_server, Uri, Token) = (server, uri, token);

    /// <summary>The server's address, such as <c>http://127.0.0.1:40123</c>.</summary>
    public string Uri { get; }

    /// <summary>What requests have to show, in the header <c>Authorization: Bearer …</c>; made anew for each server.</summary>
    public string Token { get; }

    /// <summary>Starts a server and waits until it answers, which takes less than a second.</summary>
    /// <param name="model">The model's address, such as <c>models:/mnist@champion</c>, in the store that is in force here.</param>
    /// <exception cref="MlflowException">The model is not there, or the server could not be started; the message is the server's.</exception>
    public static ServedModel Start(string model)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var start = new ProcessStartInfo(DotnetHost, [ProgramFile(), "serve", model, "--port", "0", "--quiet", "--until-input-ends"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["MLFLOW_TRACKING_URI"] = Mlflow.GetTrackingUri(), ["MLFLOW_SCORING_TOKEN"] = token },
        };
        var server = Process.Start(start)!;
        try
        {
            return new(server, AddressOf(server, model), token);
        }
        catch
        {
            End(server);
            throw;
        }
    }

    /// <summary>A client that asks this server and shows its token.</summary>
    public HttpClient CreateClient() => new()
    {
        BaseAddress = new(Uri),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) },
    };

    /// <summary>Stops the server; its port is free afterwards.</summary>
    public void Dispose() => End(_server);

    /// <summary>The address.</summary>
    public override string ToString() => Uri;

    private static string AddressOf(Process server, string model)
    {
        var faults = new StringBuilder();
        var first = new TaskCompletionSource<string?>();
        server.ErrorDataReceived += (_, line) => { lock (faults) faults.AppendLine(line.Data); };
        // What it says later is read as well, by nobody: a full pipe would hold it up.
        server.OutputDataReceived += (_, line) => first.TrySetResult(line.Data);
        server.BeginErrorReadLine();
        server.BeginOutputReadLine();
        if (!first.Task.Wait(s_patience))
            throw new MlflowException($"The server of {model} did not start within {s_patience.TotalSeconds:0} seconds. Run the cell again.", ErrorCode.InternalError);
        if (first.Task.Result is { } greeting && greeting.StartsWith(Greeting, StringComparison.Ordinal))
            return greeting[Greeting.Length..].TrimEnd('.');

        server.WaitForExit();
        lock (faults)
            throw new MlflowException(faults.ToString().Trim() is { Length: > 0 } told ? told : $"The server of {model} ended without a word, with exit code {server.ExitCode}.", ErrorCode.InvalidState);
    }

    private static void End(Process server)
    {
        try
        {
            server.StandardInput.Close();
            if (!server.WaitForExit(s_patience))
                server.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It was disposed before, or has ended by itself.
        }

        server.Dispose();
    }

    // The build puts the programs side by side.
    private static string ProgramFile()
    {
        var beside = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(ServedModel).Assembly.Location)!, "..", ServingProgram, $"{ServingProgram}.dll"));
        return File.Exists(beside) ? beside : throw new MlflowException($"The server is not built: there is no {beside}. Run `dotnet tutorial.cs build` in the course's folder.", ErrorCode.ResourceDoesNotExist);
    }

    // The one that runs this process, where it is one; else that of the path.
    private static string DotnetHost =>
        Environment.ProcessPath is { } process && Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? process
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
