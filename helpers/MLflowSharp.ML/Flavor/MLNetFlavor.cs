using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.ML;
using MLflowSharp.Onnx;

namespace MLflowSharp.ML;

/// <summary>
/// Logs models of ML.NET in a flavor of their own, <c>mlnet</c>: a folder with <c>MLmodel</c> and ML.NET's own file (https://mlflow.org/docs/latest/ml/model/).
/// Where all steps can be written as ONNX, the flavors <c>onnx</c> and <c>python_function</c> stand beside it, and Python loads the model with
/// <c>mlflow.pyfunc.load_model</c>: it takes a dictionary of the columns' arrays and gives one of <c>Score.output</c> and the like.
/// </summary>
public static class MLNetFlavor
{
    internal const string FileName = "model.zip";

    // The assembly's own version stays 1.0.0.0; the package's stands before the commit.
    private static readonly string Version =
        typeof(MLContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', '-')[0];

    /// <summary>Logs a model to a run.</summary>
    /// <param name="client">Where the run is kept.</param>
    /// <param name="runId">The run's identifier.</param>
    /// <param name="context">The context that the model was made with.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The columns it takes, those of the data it was trained on.</param>
    /// <param name="name">The model's folder among the run's artifacts.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the file <c>MLmodel</c> says.</returns>
    /// <exception cref="MlflowException">The run has something in that folder, or cannot be logged to.</exception>
    public static async Task<Model> LogModelAsync(
        MlflowClient client,
        string runId,
        MLContext context,
        ITransformer model,
        DataViewSchema inputSchema,
        string name = "model",
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(model);
        using var content = new MemoryStream();
        context.Model.Save(model, inputSchema, content);
        var flavor = new JsonObject { ["data"] = FileName, ["mlnet_version"] = Version };
        var own = new Dictionary<string, byte[]> { [FileName] = content.ToArray() };
        var (onnx, missing) = OnnxExport.Of(context, model, inputSchema);
        if (missing is not null)
            flavor["no_onnx_because"] = missing;
        var files = onnx is null
            ? ModelFiles.Create(name, runId, new() { [MLNetAutolog.Flavor] = flavor }, own, ColumnTensors.SignatureOf(model, inputSchema), timeProvider: client.Options.TimeProvider)
            : OnnxModelFiles.Create(onnx, name, runId, null, timeProvider: client.Options.TimeProvider, named: true, own: (MLNetAutolog.Flavor, flavor, own));
        return await client.LogModelAsync(runId, files, cancellationToken: cancellationToken);
    }

    /// <inheritdoc cref="LogModelAsync"/>
    public static Model LogModel(MlflowClient client, string runId, MLContext context, ITransformer model, DataViewSchema inputSchema, string name = "model") =>
        LogModelAsync(client, runId, context, model, inputSchema, name).GetAwaiter().GetResult();

    /// <summary>Loads a model from its folder.</summary>
    /// <param name="context">The context to load it into.</param>
    /// <param name="directory">The folder, such as <see cref="MlflowClient.DownloadArtifacts(string, string, string?, MLflowSharp.Artifacts.ArtifactTransferOptions?)"/> gives.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when the folder has no model of ML.NET.</exception>
    public static ITransformer LoadModel(MLContext context, string directory)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(directory);
        var file = Path.Combine(directory, FileName);
        return File.Exists(file)
            ? context.Model.Load(file, out _)
            : throw new MlflowException($"{directory} has no file {FileName}, so no model of ML.NET is in it. Give the folder that has the file MLmodel.", ErrorCode.ResourceDoesNotExist);
    }
}
