using System.CommandLine;
using MLflowSharp.Server;
using MLflowSharp.Serving.Tracking;

namespace MLflowSharp.Serving;

/// <summary><c>ui</c>: a tracking server with MLflow's web pages until it is stopped, as <c>mlflow ui</c> and <c>mlflow server</c>.</summary>
public static class UiCommand
{
    private const string Text =
        "Serve runs, experiments and models to MLflow's clients and, with MLflow's own web pages, to a browser, as `mlflow ui` and `mlflow server`. "
        + "The pages come from an installed mlflow, from --pages, or with --fetch. Ctrl-C stops it.";

    /// <summary>Describes the command.</summary>
    /// <param name="output">Where the address goes.</param>
    /// <param name="error">Where faults go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var options = new UiOptions();
        var command = new Command("ui", Text);
        command.Aliases.Add("server");
        foreach (var option in options.All)
            command.Options.Add(option);
        command.SetAction((parsed, stop) => Refusals.TellAsync(error, async () =>
        {
            var settings = options.Read(parsed) with { OnError = error.WriteLine, OnLog = options.LogsRequests(parsed) ? line => Write(output, line) : null };
            settings = settings with { PagesFolder = await options.FindPagesAsync(parsed, output.WriteLine, stop) };
            var isNew = settings.BasicAuth is { } users && !File.Exists(users.DatabaseFile);
            await using var server = await TrackingServer.StartAsync(settings, stop);
            await output.WriteLineAsync(Greeting(server.TrackingUri, settings));
            if (isNew && Environment.GetEnvironmentVariable("MLFLOW_AUTH_ADMIN_PASSWORD") is null or "")
                await output.WriteLineAsync($"  First user: {settings.BasicAuth!.AdminUsername}, password {settings.BasicAuth.AdminPassword} (shown this once; users/update-password changes it)");
            await output.FlushAsync(stop);
            using var browser = options.OpensBrowser(parsed) && settings.UnixSocket is null ? Browser.Open(AddressOf(server.TrackingUri, settings)) : null;
            await Waiting.UntilStoppedAsync(stop);
            await output.WriteLineAsync("Stopping; requests under way are answered first.");
        }));
        return command;
    }

    // Lines of requests that end at once must not run into each other.
    private static void Write(TextWriter output, string line)
    {
        lock (output)
            output.WriteLine(line);
    }

    /// <summary>What a person opens; the first visit leaves the token behind.</summary>
    internal static string AddressOf(string uri, TrackingServerOptions options) => $"{uri}/{(options.Token is { } token ? $"?token={Uri.EscapeDataString(token)}" : "")}";

    /// <summary>What the reader needs to open the pages and to log to the server.</summary>
    internal static string Greeting(string uri, TrackingServerOptions options)
    {
        List<string> lines = options.UnixSocket is { } socket
            ? [$"MLflow is at {socket}, for you only.", $"  Try:     curl --unix-socket {socket}{(options.Token is null ? "" : $" -H 'Authorization: Bearer {options.Token}'")} http://localhost/version"]
            : [$"MLflow is at {AddressOf(uri, options)}{(options.BasicAuth is not null ? ", for its users" : options.Token is null ? ", for anyone who can reach it" : "")}"];
        lines.Add($"  Clients: MLFLOW_TRACKING_URI={uri}{(options.Token is { } token ? $" MLFLOW_TRACKING_TOKEN={token}" : options.BasicAuth is null ? "" : " MLFLOW_TRACKING_USERNAME=… MLFLOW_TRACKING_PASSWORD=…")}");
        if (options.PagesFolder is null)
            lines.Add("  Pages:   light ones, because MLflow's own were not found. Install mlflow, give their folder with --pages, or let --fetch get them.");
        return string.Join(Environment.NewLine, lines);
    }
}
