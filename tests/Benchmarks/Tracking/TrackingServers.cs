namespace Benchmarks;

/// <summary>Tracking servers over SQLite databases of their own.</summary>
internal static class TrackingServers
{
    private const string Database = "mlflow.db";

    /// <summary>Ours.</summary>
    /// <param name="database">The database to begin with, of which the server gets a copy.</param>
    public static Task<ServerProcess> OursAsync(string database) =>
        ServerProcess.StartAsync(
            (port, folder) =>
            [
                "dotnet", Checkout.Program("MLflowSharp.Serving"), "ui", "--backend-store-uri", $"sqlite:///{folder}/{Database}", "--port", port, "--no-token", "--no-browser",
            ],
            "health", folder => Copy(database, folder));

    /// <summary>MLflow's with one worker, as <c>mlflow server</c> starts it.</summary>
    /// <param name="python">The interpreter, see <see cref="PythonPeer.Find"/>.</param>
    /// <param name="database">The database to begin with, of which the server gets a copy; default a new one.</param>
    public static Task<ServerProcess> TheirsAsync(string python, string? database = null) =>
        ServerProcess.StartAsync(
            (port, folder) =>
                [python, "-m", "mlflow", "server", "--backend-store-uri", $"sqlite:///{folder}/{Database}", "--host", "127.0.0.1", "--port", port, "--workers", "1"],
            "health", folder =>
            {
                if (database is not null)
                    Copy(database, folder);
            });

    private static void Copy(string database, string folder)
    {
        var copy = Path.Combine(folder, Database);
        File.Copy(database, copy);
        // On the disk before the clock runs: a server's first commit would wait for all of it.
        using var file = new FileStream(copy, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
