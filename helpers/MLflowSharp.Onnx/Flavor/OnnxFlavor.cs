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
    /// <param name="inputExample">Rows that show what the model takes; they are scored once to see that they fit.</param>
    /// <param name="timeProvider">Where the time of saving is read from; default the system's clock.</param>
    /// <returns>What the file <c>MLmodel</c> says.</returns>
    /// <exception cref="InvalidDataException">ONNX Runtime cannot load the model.</exception>
    /// <exception cref="ArgumentException">The example does not fit the model.</exception>
    /// <exception cref="IOException">The folder is not empty, or cannot be written to.</exception>
    public static Model SaveModel(
        byte[] model, string directory, IReadOnlyList<float[]>? inputExample = null, TimeProvider? timeProvider = null)
    {
        var files = OnnxModelFiles.Create(model, Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)), null, inputExample, timeProvider);
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new IOException($"{directory} is not empty; give a new folder for the model, so that nothing is mixed or overwritten.");

        files.WriteTo(directory);
        return files.Description;
    }
}
