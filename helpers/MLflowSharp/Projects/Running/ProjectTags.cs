using MLflowSharp.Context;

namespace MLflowSharp.Projects.Running;

/// <summary>The tags by which MLflow says what a run ran.</summary>
internal static class ProjectTags
{
    public const string EntryPoint = "mlflow.project.entryPoint";
    public const string Environment = "mlflow.project.env";
    public const string Backend = "mlflow.project.backend";
    public const string RepositoryUrl = "mlflow.source.git.repoURL";
    public const string Branch = "mlflow.source.git.branch";
    public const string DockerImage = "mlflow.docker.image.uri";

    /// <summary>The tags of a new run.</summary>
    public static Dictionary<string, string> Of(PreparedProject prepared)
    {
        var (source, options) = (prepared.Source, prepared.Options);
        var tags = new Dictionary<string, string>(options.Tags)
        {
            [SystemTags.User] = RunContext.User,
            [SystemTags.SourceName] = source.Name,
            [SystemTags.SourceType] = "PROJECT",
            [EntryPoint] = options.EntryPoint,
            [Backend] = options.Slurm is null ? "local" : "slurm",
        };
        Add(SystemTags.GitCommit, source.Commit);
        Add(RepositoryUrl, source.RepositoryUrl);
        Add(Branch, source.Branch);
        Add(SystemTags.ParentRunId, options.ParentRunId ?? Mlflow.ActiveRun?.RunId);
        Add(Environment, EnvironmentManagers.TagOf(prepared.Manager));
        Add(DockerImage, prepared.Project.Environment.Docker?.Image);
        return tags;

        void Add(string key, string? value)
        {
            if (value is not null)
                tags[key] = value;
        }
    }
}
