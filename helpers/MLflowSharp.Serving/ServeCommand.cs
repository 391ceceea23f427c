using System.CommandLine;
using System.Security.Cryptography;
using MLflowSharp.Server;

namespace MLflowSharp.Serving;

/// <summary><c>serve</c>: answers requests for a model's predictions until it is stopped, as <c>mlflow models serve</c>.</summary>
public static class ServeCommand
{
    /// <summary>The environment variable with the token that requests have to show; without it a random one is made.</summary>
    public const string TokenVariable = "MLFLOW_SCORING_TOKEN";

    /// <summary>MLflow's environment variable with the seconds that a request may take.</summary>
    public const string TimeoutVariable = "MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT";

    private const int TokenLength = 32;
    private const double DefaultTimeout = 60;

    private const string Text =
        "Serve a model's predictions over HTTP, by the protocol of `mlflow models serve`: /invocations, /ping, /health, /version; also /metrics "
        + "(Prometheus) and /draw, a page to draw digits on. MLFLOW_TRACKING_URI says where models:/ and runs:/ are looked up. Ctrl-C stops it.";

    /// <summary>Describes the command.</summary>
    /// <param name="output">Where the address and the log go.</param>
    /// <param name="error">Where faults go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var model = ModelArgument.Create();
        var port = new Option<int>("--port", "-p") { HelpName = "N", Description = "The port; 0 for any that is free.", DefaultValueFactory = _ => 5000 };
        var host = new Option<string>("--host") { HelpName = "ADDRESS", Description = "The address to listen at: 127.0.0.1 is this machine only, 0.0.0.0 all of its networks.", DefaultValueFactory = _ => "127.0.0.1" };
        var socket = new Option<string?>("--unix-socket") { HelpName = "FILE", Description = "Listen at a Unix socket, which only you can use, instead of a port." };
        var noToken = new Option<bool>("--no-token") { Description = $"Answer anyone. Otherwise requests show a token, that of {TokenVariable} or a new one." };
        var allowed = new Option<string[]>("--allowed-host") { HelpName = "NAME", Description = "A name under which the server may be asked for, besides this machine's and private networks' addresses; * for any." };
        var largest = new Option<int>("--max-request-mb") { HelpName = "N", Description = "The largest request in MiB; a larger one is answered with 413.", DefaultValueFactory = _ => 64 };
        var timeout = new Option<double?>("--timeout", "-t") { HelpName = "SECONDS", Description = $"How long a request may take; then it is answered with 504. 0 for no limit. Default: {TimeoutVariable}, else 60." };
        var window = new Option<double>("--batch-window") { HelpName = "MS", Description = "Let a request wait that many milliseconds for others, to score their rows together.", DefaultValueFactory = _ => 0 };
        var reload = new Option<double>("--reload") { HelpName = "SECONDS", Description = "How often to ask whether an alias means another version, which then takes over; 0 for never.", DefaultValueFactory = _ => 10 };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Write no log." };
        var input = new Option<bool>("--until-input-ends") { Description = "Stop as well when standard input ends: for programs that start this one, so that it does not outlive them." };
        var command = new Command("serve", Text) { model, port, host, socket, noToken, allowed, largest, timeout, window, reload, quiet, input };
        command.SetAction((parsed, stop) => Refusals.TellAsync(error, async () =>
        {
            var options = new ScoringServerOptions
            {
                Host = parsed.GetRequiredValue(host),
                Port = parsed.GetValue(port),
                UnixSocket = parsed.GetValue(socket),
                Token = parsed.GetValue(noToken) ? null : Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } given ? given : RandomNumberGenerator.GetHexString(TokenLength, lowercase: true),
                AllowedHosts = parsed.GetValue(allowed) is { Length: > 0 } names ? [.. RequestGuard.DefaultHosts, .. names.SelectMany(name => new[] { name, $"{name}:*" })] : null,
                MaxRequestBytes = Positive(parsed.GetValue(largest), "--max-request-mb") * 1024L * 1024,
                RequestTimeout = TimeSpan.FromSeconds(NotNegative(parsed.GetValue(timeout) ?? TimeoutOfEnvironment(), "--timeout")),
                BatchWindow = TimeSpan.FromMilliseconds(NotNegative(parsed.GetValue(window), "--batch-window")),
                ReloadInterval = TimeSpan.FromSeconds(NotNegative(parsed.GetValue(reload), "--reload")),
                Pages = new Dictionary<string, string> { [DrawPage.Path] = DrawPage.Html },
                OnLog = parsed.GetValue(quiet) ? null : line => Write(output, line),
            };
            // A drawing is kept where the model comes from, if that is a store of runs.
            var name = parsed.GetRequiredValue(model);
            using var client = Mlflow.IsTrackingUriSet() && !Directory.Exists(name) ? new MlflowClient() : null;
            await using var feedback = client is null ? null : new DrawingFeedback(client);
            if (feedback is not null)
                options = options with { OnFeedback = feedback.KeepAsync };
            await using var server = await ScoringServer.StartAsync(name, options, cancellationToken: stop);
            Write(output, Greeting(server.Uri, options));
            await Waiting.UntilStoppedAsync(stop, parsed.GetValue(input) ? Console.In : null);
            Write(output, "Stopping; requests under way are answered first.");
        }));
        return command;
    }

    /// <summary>What the reader needs to send a first request.</summary>
    internal static string Greeting(string uri, ScoringServerOptions options)
    {
        var header = options.Token is null ? "" : $" -H 'Authorization: Bearer {options.Token}'";
        return options.UnixSocket is { } socket
            ? $"Serving at {socket}. Try: curl --unix-socket {socket}{header} http://localhost/version"
            : $"""
              Serving at {uri}{(options.Token is null ? " to anyone who can reach it" : "")}.
                Try:  curl{header} {uri}/version
                Draw: {uri}{DrawPage.Path}{(options.Token is null ? "" : $"#token={options.Token}")}
              """;
    }

    // MLflow's own variable holds whole seconds.
    private static double TimeoutOfEnvironment() => Environment.GetEnvironmentVariable(TimeoutVariable) is not { Length: > 0 } text ? DefaultTimeout
        : double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? seconds
        : throw new MlflowException($"{TimeoutVariable} must be a number of seconds, and is '{text}'.", ErrorCode.InvalidParameterValue);

    private static int Positive(int value, string option) =>
        value > 0 ? value : throw new MlflowException($"{option} must be above 0, and is {value}.", ErrorCode.InvalidParameterValue);

    private static double NotNegative(double value, string option) => value is >= 0 and < 1e6
        ? value
        : throw new MlflowException($"{option} must be 0 or more, and is {value.ToString(System.Globalization.CultureInfo.InvariantCulture)}.", ErrorCode.InvalidParameterValue);

    // Lines of requests that end at once must not run into each other.
    private static void Write(TextWriter output, string line)
    {
        lock (output)
            output.WriteLine(line);
    }
}
