using System.Globalization;

namespace MLflowSharp.SystemMetrics;

/// <summary>How often the machine is measured (https://mlflow.org/docs/latest/ml/tracking/system-metrics/).</summary>
internal sealed record SystemMetricsOptions
{
    private static readonly TimeSpan MaxInterval = TimeSpan.FromDays(1);

    /// <summary>Time between samples.</summary>
    public TimeSpan SamplingInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many samples become one logged point.</summary>
    public int SamplesBeforeLogging { get; init; } = 1;

    /// <summary>Name of this machine in the metrics' keys, for runs on several; null for none.</summary>
    public string? NodeId { get; init; }

    /// <summary>The settings of MLflow's environment variables, else MLflow's defaults: every 10 seconds.</summary>
    public static SystemMetricsOptions FromEnvironment() => new SystemMetricsOptions()
        .WithInterval(Number("MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL"))
        .WithSamples(Number("MLFLOW_SYSTEM_METRICS_SAMPLES_BEFORE_LOGGING"))
        with { NodeId = Text("MLFLOW_SYSTEM_METRICS_NODE_ID") };

    /// <summary>Whether <c>MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING</c> switches the measuring on.</summary>
    public static bool IsEnabledByEnvironment() => Text("MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING")?.ToUpperInvariant() switch
    {
        null or "FALSE" or "0" => false,
        "TRUE" or "1" => true,
        _ => throw MlflowException.Invalid("The environment variable MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING must be one of true, false, 1, 0."),
    };

    /// <summary>With another time between samples; null keeps it.</summary>
    public SystemMetricsOptions WithInterval(double? seconds) => seconds switch
    {
        null => this,
        > 0 and { } number when number <= MaxInterval.TotalSeconds => this with { SamplingInterval = TimeSpan.FromSeconds(number) },
        _ => throw MlflowException.Invalid(string.Create(
            CultureInfo.InvariantCulture, $"The sampling interval of system metrics is {seconds}; it must be more than 0 and at most {MaxInterval.TotalSeconds} seconds.")),
    };

    /// <summary>With another number of samples for a point; null keeps it.</summary>
    public SystemMetricsOptions WithSamples(double? samples) => samples switch
    {
        null => this,
        >= 1 and <= 1_000_000 when double.IsInteger(samples.Value) => this with { SamplesBeforeLogging = (int)samples },
        _ => throw MlflowException.Invalid(string.Create(
            CultureInfo.InvariantCulture, $"The number of samples before system metrics are logged is {samples}; it must be a whole number, 1 or more.")),
    };

    private static string? Text(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? text : null;

    private static double? Number(string variable) => Text(variable) switch
    {
        null => null,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw MlflowException.Invalid($"The environment variable {variable} is '{text}'; it must be a number."),
    };
}
