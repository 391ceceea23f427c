using MLflowSharp.Diagnosis;

namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>
    /// Prints what matters when something does not work: versions, where runs and models are kept and whether that place answers, MLflow's
    /// environment variables, what is logged but not stored yet (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.doctor).
    /// No password or token is printed. A store that does not exist yet is not created.
    /// </summary>
    /// <param name="output">Where to; null for the console.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task DoctorAsync(TextWriter? output = null, CancellationToken cancellationToken = default)
    {
        output ??= Console.Out;
        foreach (var (name, value) in await DoctorReport.WriteAsync(Options, ActiveRun, _experimentId, cancellationToken))
            await output.WriteLineAsync($"{name}: {value}");
    }

    /// <inheritdoc cref="DoctorAsync"/>
    public static void Doctor(TextWriter? output = null) => MlflowClient.Wait(DoctorAsync(output));
}
