namespace MLflowSharp.Server.Users;

/// <summary>What permissions are about: where they are kept, and what MLflow calls it.</summary>
/// <param name="Table">Table of the users' database.</param>
/// <param name="Column">The column with the resource's key, which is also the field of requests.</param>
/// <param name="Label">In messages.</param>
/// <param name="Answer">The field of answers.</param>
internal sealed record ResourceKind(string Table, string Column, string Label, string Answer)
{
    /// <summary>Experiments, by id.</summary>
    public static ResourceKind Experiment { get; } = new("experiment_permissions", "experiment_id", "Experiment", "experiment_permission");

    /// <summary>Registered models, by name.</summary>
    public static ResourceKind RegisteredModel { get; } = new("registered_model_permissions", "name", "Registered model", "registered_model_permission");

    /// <summary>The kind that MLflow 3.17 names so in <c>users/permissions</c>.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static ResourceKind Named(string name) => name switch
    {
        "experiment" => Experiment,
        "registered_model" or "prompt" => RegisteredModel,
        _ => throw MlflowException.Invalid($"Permissions of the resource type '{name}' are not kept here. There are: experiment, registered_model, prompt."),
    };
}
