namespace MLflowSharp.Projects.Running;

/// <summary>Chooses what prepares the environment.</summary>
internal static class EnvironmentManagers
{
    /// <summary>What the project asks for, or what was chosen.</summary>
    public static EnvironmentManager Choose(Project project, ProjectRunOptions options)
    {
        var environment = project.Environment.Kind;
        // A container wins over a chosen manager, as in MLflow.
        if (environment == ProjectEnvironmentKind.Docker)
            return EnvironmentManager.Docker;
        switch (options.EnvironmentManager)
        {
            case "local":
                return EnvironmentManager.Local;
            case "dotnet" when environment == ProjectEnvironmentKind.DotNet || options.EntryPoint.EndsWith(".cs", StringComparison.Ordinal):
                return EnvironmentManager.DotNet;
            case "dotnet":
                throw MlflowException.Invalid("The environment manager dotnet needs to know the program. Write `dotnet_env: train.cs` (or a project file) into the MLproject file.");
            case "virtualenv" or "uv" or "conda":
                throw MlflowException.Invalid(
                    $"The environment manager {options.EnvironmentManager} makes Python environments, which is MLflow for Python's work: make one with it, activate it, and use --env-manager local.");
            case null when environment is ProjectEnvironmentKind.Python or ProjectEnvironmentKind.Conda:
                options.Tell($"The project names the Python environment {Path.GetFileName(project.Environment.Path)}, which is not made here: it runs with the python on PATH. (--env-manager local says that you know.)");
                return EnvironmentManager.Local;
            case null:
                return environment == ProjectEnvironmentKind.DotNet ? EnvironmentManager.DotNet : EnvironmentManager.Local;
            default:
                throw MlflowException.Invalid($"There is no environment manager '{options.EnvironmentManager}'. There are local and dotnet.");
        }
    }

    /// <summary>As the tag <c>mlflow.project.env</c> has it; null where MLflow sets none.</summary>
    public static string? TagOf(EnvironmentManager manager) => manager switch { EnvironmentManager.DotNet => "dotnet", EnvironmentManager.Docker => "docker", _ => null };
}
