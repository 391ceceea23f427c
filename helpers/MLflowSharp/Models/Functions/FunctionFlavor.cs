using System.Text.Json.Nodes;

namespace MLflowSharp;

/// <summary>
/// Saves and logs any C# function as a model, in a flavor of its own, <c>dotnet</c>: its assembly and those that it needs come along, and
/// <see cref="Mlflow.LoadModel"/> runs it anywhere .NET does. Python does not.
/// </summary>
public static class FunctionFlavor
{
    /// <summary>Saves a function into a folder.</summary>
    /// <param name="predict">The function: a static method, or a lambda that captures nothing. Loading a model runs its code, so load only what you trust.</param>
    /// <param name="directory">The folder; created if missing, and refused if something is in it.</param>
    /// <param name="inputExample">Rows as the function takes them; they are scored once, and the signature is inferred from them and what comes out.</param>
    /// <param name="timeProvider">Where the time of saving is read from; default the system's clock.</param>
    /// <returns>What the file <c>MLmodel</c> says.</returns>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the function cannot leave its program, which the message explains. Nothing was written.</exception>
    /// <exception cref="IOException">The folder is not empty, or cannot be written to.</exception>
    public static Model SaveModel(Func<ModelData, ModelData> predict, string directory, ModelData inputExample, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var files = Files(predict, Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)), null, inputExample, timeProvider);
        files.Save(directory);
        return files.Description;
    }

    /// <summary>Logs a function to the active run, which is started where there is none.</summary>
    /// <param name="predict">The function: a static method, or a lambda that captures nothing. Loading a model runs its code, so load only what you trust.</param>
    /// <param name="inputExample">Rows as the function takes them; they are scored once, and the signature is inferred from them and what comes out.</param>
    /// <param name="name">The model's name, or its folder among the run's artifacts.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the file <c>MLmodel</c> says.</returns>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the function cannot leave its program, which the message explains. Nothing was logged.</exception>
    public static Task<Model> LogModelAsync(Func<ModelData, ModelData> predict, ModelData inputExample, string name = "model", CancellationToken cancellationToken = default) =>
        Mlflow.LogModelAsync(runId => Files(predict, name, runId, inputExample, null), cancellationToken: cancellationToken);

    /// <inheritdoc cref="LogModelAsync"/>
    public static Model LogModel(Func<ModelData, ModelData> predict, ModelData inputExample, string name = "model") => MlflowClient.Wait(LogModelAsync(predict, inputExample, name));

    private static ModelFiles Files(Func<ModelData, ModelData> predict, string name, string? runId, ModelData inputExample, TimeProvider? timeProvider)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(inputExample);
        var assemblies = FunctionAssemblies.Of(predict);
        var flavors = new JsonObject
        {
            [FunctionModelFlavor.FlavorName] = new JsonObject
            {
                ["assembly"] = FunctionAssemblies.PathOf(predict.Method.Module.Assembly),
                ["method"] = predict.Method.Name,
                ["runtime"] = $"net{Environment.Version.Major}.{Environment.Version.Minor}",
                ["type"] = predict.Method.DeclaringType!.FullName,
            },
        };
        return ModelFiles.Create(
            name, runId, flavors, assemblies, ModelSignature.Infer(inputExample, predict(inputExample)), inputExample.Head(ModelFiles.ExampleRows), inputExample, timeProvider);
    }
}
