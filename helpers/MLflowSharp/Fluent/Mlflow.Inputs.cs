using MLflowSharp.Context;

namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>Records that the active run used a dataset (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_input). Starts a run when none is active.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="context">How it was used, for instance <c>train</c> or <c>eval</c>.</param>
    /// <param name="tags">Further tags of this use.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogInputAsync(Dataset dataset, string? context = null, IReadOnlyDictionary<string, string>? tags = null, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogInputsAsync(run.RunId, [new(dataset, ToInputTags(context, tags))], cancellationToken: cancellationToken));

    /// <inheritdoc cref="LogInputAsync"/>
    public static void LogInput(Dataset dataset, string? context = null, IReadOnlyDictionary<string, string>? tags = null) => MlflowClient.Wait(LogInputAsync(dataset, context, tags));

    /// <summary>Records that the active run used several datasets and logged models (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_inputs). Starts a run when none is active.</summary>
    /// <param name="datasets">The datasets with their tags; null for none.</param>
    /// <param name="models">The logged models (MLflow 3); null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogInputsAsync(
        IReadOnlyList<DatasetInput>? datasets = null, IReadOnlyList<LoggedModelInput>? models = null, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogInputsAsync(run.RunId, datasets ?? [], models, cancellationToken));

    /// <inheritdoc cref="LogInputsAsync"/>
    public static void LogInputs(IReadOnlyList<DatasetInput>? datasets = null, IReadOnlyList<LoggedModelInput>? models = null) =>
        MlflowClient.Wait(LogInputsAsync(datasets, models));

    /// <summary>Records that the active run made logged models (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_outputs). Starts a run when none is active.</summary>
    /// <param name="models">The models, each with the step at which it was made.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogOutputsAsync(IReadOnlyList<LoggedModelOutput> models, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogOutputsAsync(run.RunId, models, cancellationToken));

    /// <inheritdoc cref="LogOutputsAsync"/>
    public static void LogOutputs(IReadOnlyList<LoggedModelOutput> models) => MlflowClient.Wait(LogOutputsAsync(models));

    private static List<InputTag> ToInputTags(string? context, IReadOnlyDictionary<string, string>? tags)
    {
        var all = (tags ?? new Dictionary<string, string>()).Select(tag => new InputTag(tag.Key, tag.Value)).ToList();
        if (context is not null)
            all.Add(new(SystemTags.DatasetContext, context));
        return all;
    }
}
