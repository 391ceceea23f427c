namespace Benchmarks;

/// <summary>Scoring servers over the same model.</summary>
internal static class ScoringServers
{
    /// <summary>Ours.</summary>
    public static Task<ServerProcess> OursAsync(string model) =>
        ServerProcess.StartAsync((port, _) => ["dotnet", Checkout.Program("MLflowSharp.Serving"), "serve", model, "--port", port, "--no-token", "--quiet"], "ping");

    /// <summary>MLflow's, in the environment of a Python.</summary>
    public static Task<ServerProcess> TheirsAsync(string python, string model) =>
        ServerProcess.StartAsync((port, _) => [python, "-m", "mlflow", "models", "serve", "-m", model, "--port", port, "--env-manager", "local"], "ping");
}
