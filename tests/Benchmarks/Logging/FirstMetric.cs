using System.Diagnostics;
using MLflowSharp;

namespace Benchmarks;

/// <summary>From the start of a process to its first logged metric, in a new database; beside it Python, of which the import alone takes most.</summary>
internal static class FirstMetric
{
    /// <summary>The argument that makes this program the process which is measured.</summary>
    public const string Argument = "--first-metric";

    /// <summary>Logs one metric and says so: what the measured process does.</summary>
    /// <param name="trackingUri">A new database.</param>
    public static void Log(string trackingUri)
    {
        Mlflow.SetTrackingUri(trackingUri);
        Mlflow.LogMetric("loss", 1);
        Console.WriteLine("logged");
    }

    /// <summary>Seconds from the start of our process to its first metric.</summary>
    public static double Ours(string trackingUri) => Time(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "Benchmarks.dll"), Argument, trackingUri);

    /// <summary>Seconds from the start of Python to its first metric.</summary>
    public static double Theirs(string python, string trackingUri) =>
        Time(python, Checkout.Path("tests", "Benchmarks", "Logging", "first_metric.py"), trackingUri);

    private static double Time(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MLFLOW_DISABLE_TELEMETRY"] = "true";
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var line = process.StandardOutput.ReadLine();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.WaitForExit();
        return line == "logged" ? seconds : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} logged nothing: {errors.Result}");
    }
}
