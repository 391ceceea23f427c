using MLflowSharp.Projects.Running;
using MLflowSharp.Stores.Files;
using MLflowSharp.Stores.Sql.Sqlite;

namespace MLflowSharp.Projects.Docker;

/// <summary>The command line that runs an entry point in a container, with the arguments MLflow gives, in its order.</summary>
internal static class DockerCommand
{
    private const string TrackingFolder = "/mlflow/tmp/mlruns";
    private const string WorkingFolder = "/mlflow/projects/code/";

    private static readonly string[] S3Variables = ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "MLFLOW_S3_ENDPOINT_URL", "MLFLOW_S3_IGNORE_TLS"];

    /// <summary>Refuses to go on where there is no engine.</summary>
    public static void Require(ProjectRunOptions options)
    {
        if (options.Slurm is not null)
            throw MlflowException.Invalid("The project asks for a container (docker_env), and the back end slurm runs none. Use --backend local, or take docker_env out and load a module.");
        if (Programs.Find("docker") is null)
            throw MlflowException.Missing("The project asks for a container (docker_env), and there is no program docker on PATH. Install it, or see with --dry-run what would be run.");
    }

    /// <summary>Builds the command line.</summary>
    /// <param name="prepared">The project.</param>
    /// <param name="variables">How the program finds its run.</param>
    /// <param name="artifactUri">The run's artifacts.</param>
    /// <param name="command">What runs in the container.</param>
    public static string Build(PreparedProject prepared, IReadOnlyDictionary<string, string> variables, string artifactUri, string command)
    {
        var environment = prepared.Project.Environment.Docker!;
        var words = new List<string> { "docker", "run", "--rm" };
        foreach (var (name, value) in prepared.Options.DockerArguments)
        {
            words.Add($"{(name.Length == 1 ? "-" : "--")}{name}");
            if (value is not null)
                words.Add(value);
        }

        var all = new OrderedDictionary<string, string>(variables);
        AddTracking(variables["MLFLOW_TRACKING_URI"], words, all);
        AddArtifacts(artifactUri, words, all);
        foreach (var (name, value) in environment.Variables)
        {
            all[name] = value ?? Environment.GetEnvironmentVariable(name)
                ?? throw MlflowException.Invalid($"This project expects the environment variable {name} to be set on the machine running the project, but it was not set. Set it, then run the project again.");
        }

        foreach (var volume in environment.Volumes)
            words.AddRange(["-v", volume]);
        foreach (var (name, value) in all)
            words.AddRange(["-e", $"{name}={value}"]);
        words.Add(environment.Image);
        return $"{string.Join(' ', words.Select(ShellText.Quote))} {command}";
    }

    private static void AddTracking(string uri, List<string> words, OrderedDictionary<string, string> variables)
    {
        var isDatabase = SqliteUri.Matches(uri);
        if (!isDatabase && !FileStoreUri.Matches(uri))
            return;
        words.AddRange(["-v", $"{(isDatabase ? SqliteUri.ToPath(uri) : FileStoreUri.ToPath(uri))}:{TrackingFolder}"]);
        variables["MLFLOW_TRACKING_URI"] = $"{(isDatabase ? "sqlite" : "file")}://{(isDatabase ? "/" : "")}{TrackingFolder}";
    }

    private static void AddArtifacts(string uri, List<string> words, OrderedDictionary<string, string> variables)
    {
        if (uri.StartsWith("s3:", StringComparison.Ordinal))
        {
            if (Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws") is var aws && Directory.Exists(aws))
                words.AddRange(["-v", $"{aws}:/.aws"]);
            foreach (var name in S3Variables.Where(name => Environment.GetEnvironmentVariable(name) is not null))
                variables[name] = Environment.GetEnvironmentVariable(name)!;
        }
        else if (DataUri.LocalPath(uri) is { } path)
        {
            words.AddRange(["-v", $"{Path.GetFullPath(path)}:{(Path.IsPathRooted(path) ? path : WorkingFolder + path)}"]);
        }
    }
}
