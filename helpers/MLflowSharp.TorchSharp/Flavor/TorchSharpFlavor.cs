using System.Reflection;
using System.Text.Json.Nodes;
using MLflowSharp.Onnx;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>
/// Saves and logs networks of TorchSharp: as ONNX in the flavors <c>onnx</c> and <c>python_function</c>, which Python and .NET score without
/// PyTorch, and in a flavor <c>torchsharp</c> with the weights as a <c>state_dict</c> that PyTorch reads.
/// </summary>
public static class TorchSharpFlavor
{
    /// <summary>The name of the file with the weights.</summary>
    public const string StateDictFile = "state_dict.pt";

    private static readonly string Version =
        typeof(nn.Module).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', '-')[0];

    /// <summary>Saves a network into a folder.</summary>
    /// <param name="network">A <c>Sequential</c> of the layers that <see cref="OnnxExporter"/> knows, or a network that implements <see cref="IOnnxExportable"/>.</param>
    /// <param name="directory">The folder; created if missing, and refused if something is in it.</param>
    /// <param name="inputExample">Rows as the network takes them: they tell the shape and the range of its input, and a few of them stay beside the model.</param>
    /// <param name="outputName">The name of what it gives, such as <c>logits</c>.</param>
    /// <param name="timeProvider">Where the time of saving is read from; default the system's clock.</param>
    /// <returns>What the file <c>MLmodel</c> says.</returns>
    /// <exception cref="MlflowException">NOT_IMPLEMENTED when a layer cannot be written; INVALID_PARAMETER_VALUE when the rows do not fit. Nothing was written.</exception>
    public static Model SaveModel(nn.Module network, string directory, ModelData inputExample, string outputName = "output", TimeProvider? timeProvider = null)
    {
        var files = Files(network, Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)), null, inputExample, outputName, timeProvider);
        files.Save(directory);
        return files.Description;
    }

    /// <summary>Logs a network to the active run, which is started where there is none.</summary>
    /// <param name="network">A <c>Sequential</c> of the layers that <see cref="OnnxExporter"/> knows, or a network that implements <see cref="IOnnxExportable"/>.</param>
    /// <param name="inputExample">Rows as the network takes them: they tell the shape and the range of its input, and a few of them stay beside the model.</param>
    /// <param name="name">The model's name, or its folder among the run's artifacts.</param>
    /// <param name="outputName">The name of what it gives, such as <c>logits</c>.</param>
    /// <param name="step">The training step at which it was made.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the file <c>MLmodel</c> says.</returns>
    /// <exception cref="MlflowException">NOT_IMPLEMENTED when a layer cannot be written; INVALID_PARAMETER_VALUE when the rows do not fit. Nothing was logged.</exception>
    public static Task<Model> LogModelAsync(
        nn.Module network, ModelData inputExample, string name = "model", string outputName = "output", long step = 0, CancellationToken cancellationToken = default) =>
        Mlflow.LogModelAsync(runId => Files(network, name, runId, inputExample, outputName, null), step, cancellationToken);

    /// <inheritdoc cref="LogModelAsync(nn.Module, ModelData, string, string, long, CancellationToken)"/>
    public static Model LogModel(nn.Module network, ModelData inputExample, string name = "model", string outputName = "output", long step = 0) =>
        LogModelAsync(network, inputExample, name, outputName, step).GetAwaiter().GetResult();

    /// <summary>Logs a network to a run, whether it is active or not.</summary>
    /// <param name="client">Where the run is kept.</param>
    /// <param name="runId">The run's identifier.</param>
    /// <param name="network">A <c>Sequential</c> of the layers that <see cref="OnnxExporter"/> knows, or a network that implements <see cref="IOnnxExportable"/>.</param>
    /// <param name="inputExample">Rows as the network takes them.</param>
    /// <param name="name">The model's name, or its folder among the run's artifacts.</param>
    /// <param name="outputName">The name of what it gives.</param>
    /// <param name="step">The training step at which it was made.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the file <c>MLmodel</c> says.</returns>
    public static Task<Model> LogModelAsync(
        MlflowClient client, string runId, nn.Module network, ModelData inputExample, string name = "model", string outputName = "output", long step = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.LogModelAsync(runId, Files(network, name, runId, inputExample, outputName, client.Options.TimeProvider), step, cancellationToken);
    }

    private static ModelFiles Files(nn.Module network, string name, string? runId, ModelData inputExample, string outputName, TimeProvider? timeProvider)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputExample);
        var onnx = OnnxExporter.Export(network, [.. inputExample.Tensor.Shape.Skip(1)], outputName);
        var settings = new JsonObject { ["network"] = network.GetName(), ["state_dict"] = StateDictFile, ["torchsharp_version"] = Version };
        var weights = new Dictionary<string, byte[]> { [StateDictFile] = PyTorchStateDict.Write(network) };
        return OnnxModelFiles.Create(
            onnx, name, runId, inputExample.Head(ModelFiles.ExampleRows), ranges: inputExample, timeProvider: timeProvider, own: (TorchSharpAutolog.Flavor, settings, weights));
    }
}
