namespace MLflowSharp.Projects;

/// <summary>What a project asks to be run in (https://mlflow.org/docs/latest/ml/projects/#environment-management).</summary>
/// <param name="Kind">Of which kind it is.</param>
/// <param name="Path">Full path of the file that describes it; null for none and for a container.</param>
/// <param name="Docker">The container; null for other kinds.</param>
public sealed record ProjectEnvironment(ProjectEnvironmentKind Kind, string? Path = null, DockerEnvironment? Docker = null);
