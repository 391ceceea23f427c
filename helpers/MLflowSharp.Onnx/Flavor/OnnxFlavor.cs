namespace MLflowSharp.Onnx;

/// <summary>
/// Saves and logs models in MLflow's <c>onnx</c> flavor (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.onnx.html), which
/// Python loads with <c>mlflow.onnx.load_model</c> and <c>mlflow.pyfunc.load_model</c>.
/// </summary>
public static class OnnxFlavor
{
    /// <summary>Saves a model into a folder.</summary>
    /// <param name="model">The whole content of an ONNX file.</param>
    /// <param name="directory">The folder; created if missing, and refused if something is in it.</param>
    /// <param name="inputExample">Rows or columns that show what the model takes, such as a <c>float[][]</c>; they are scored once to see that they fit.</param>
    /// <param name="timeProvider">Where the time of saving is read from; default the system's clock.</param>
    /// <returns>What the file <c>MLmodel</c> says.</returns>
    /// <exception cref="InvalidDataException">ONNX Runtime cannot load the model.</exception>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE: the example does not fit the model.</exception>
    /// <exception cref="IOException">The folder is not empty, or cannot be written to.</exception>
    public static Model SaveModel(
        byte[] model, string directory, ModelData? inputExample = null, TimeProvider? timeProvider = null)
    {
        var files = OnnxModelFiles.Create(
            model, Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)), null, inputExample, timeProvider: timeProvider);
        files.Save(directory);
        return files.Description;
    }

    /// <summary>
    /// Logs a model to the active run (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.onnx.html#mlflow.onnx.log_model), which is
    /// started where there is none. The model's URI, <see cref="Model.ModelUri"/>, is what Python's <c>load_model</c> takes.
    /// </summary>
    /// <param name="model">The whole content of an ONNX file.</param>
    /// <param name="name">The model's folder among the run's artifacts.</param>
    /// <param name="inputExample">Rows or columns that show what the model takes, such as a <c>float[][]</c>; they are scored once to see that they fit.</param>
    /// <param name="signature">Whether to say what the model takes and gives, so that scoring refuses data that do not fit.</param>
    /// <param name="timeProvider">Where the time of saving is read from; default the system's clock.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the file <c>MLmodel</c> says.</returns>
    /// <exception cref="InvalidDataException">ONNX Runtime cannot load the model. Nothing was logged.</exception>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE: the example does not fit the model. Nothing was logged.</exception>
    /// <exception cref="MlflowException">The run has something in that folder, or cannot be logged to.</exception>
    public static Task<Model> LogModelAsync(
        byte[] model,
        string name = "model",
        ModelData? inputExample = null,
        bool signature = true,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default) =>
        Mlflow.LogModelAsync(runId => OnnxModelFiles.Create(model, name, runId, inputExample, signature, timeProvider: timeProvider), cancellationToken: cancellationToken);

    /// <inheritdoc cref="LogModelAsync(byte[], string, ModelData, bool, TimeProvider, CancellationToken)"/>
    public static Model LogModel(
        byte[] model,
        string name = "model",
        ModelData? inputExample = null,
        bool signature = true,
        TimeProvider? timeProvider = null) =>
        LogModelAsync(model, name, inputExample, signature, timeProvider).GetAwaiter().GetResult();

    /// <summary>Logs a model to a run, whether it is active or not.</summary>
    /// <param name="client">Where the run is kept.</param>
    /// <param name="runId">The run's identifier.</param>
    /// <param name="model">The whole content of an ONNX file.</param>
    /// <param name="name">The model's folder among the run's artifacts.</param>
    /// <param name="inputExample">Rows or columns that show what the model takes, such as a <c>float[][]</c>; they are scored once to see that they fit.</param>
    /// <param name="signature">Whether to say what the model takes and gives, so that scoring refuses data that do not fit.</param>
    /// <param name="ranges">Some of the data it learned from, for the range of their values: who scores other values is warned. Null for the example.</param>
    /// <param name="step">The training step at which it was made; the run's metrics of that step become the model's, too.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the file <c>MLmodel</c> says.</returns>
    /// <exception cref="InvalidDataException">ONNX Runtime cannot load the model. Nothing was logged.</exception>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE: the example does not fit the model. Nothing was logged.</exception>
    /// <exception cref="MlflowException">The run has something in that folder, or cannot be logged to.</exception>
    public static async Task<Model> LogModelAsync(
        MlflowClient client,
        string runId,
        byte[] model,
        string name = "model",
        ModelData? inputExample = null,
        bool signature = true,
        ModelData? ranges = null,
        long step = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var files = OnnxModelFiles.Create(model, name, runId, inputExample, signature, ranges, client.Options.TimeProvider);
        return await client.LogModelAsync(runId, files, step, cancellationToken);
    }

    /// <inheritdoc cref="LogModelAsync(MlflowClient, string, byte[], string, ModelData, bool, ModelData, long, CancellationToken)"/>
    public static Model LogModel(
        MlflowClient client,
        string runId,
        byte[] model,
        string name = "model",
        ModelData? inputExample = null,
        bool signature = true,
        ModelData? ranges = null,
        long step = 0) =>
        LogModelAsync(client, runId, model, name, inputExample, signature, ranges, step).GetAwaiter().GetResult();
}
