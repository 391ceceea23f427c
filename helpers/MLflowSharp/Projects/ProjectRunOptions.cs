using MLflowSharp.Projects.Slurm;

namespace MLflowSharp.Projects;

/// <summary>How a project is run (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.projects.html).</summary>
public sealed record ProjectRunOptions
{
    /// <summary>What is run: an entry point, or a script's name. Default: <c>main</c>.</summary>
    public string EntryPoint { get; init; } = "main";

    /// <summary>Of a git repository: commit, branch or tag. Default: what its HEAD is.</summary>
    public string? Version { get; init; }

    /// <summary>Values of parameters, by name. What the entry point does not declare follows its command as <c>--name value</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Experiment by name, created if needed. Default: that of <see cref="Mlflow.SetExperiment"/>, else of the environment, else <c>0</c>.</summary>
    public string? ExperimentName { get; init; }

    /// <summary>Experiment by identifier, instead of by name.</summary>
    public string? ExperimentId { get; init; }

    /// <summary>Name of the run. Default: a generated one.</summary>
    public string? RunName { get; init; }

    /// <summary>A run that exists, to be used instead of a new one. It must not be deleted.</summary>
    public string? RunId { get; init; }

    /// <summary>Run to be nested in. Default: the active run, if there is one.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>Tags to set, beside those that say what is run.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary><c>local</c> for what is at hand, <c>dotnet</c> to build the project's .NET program once and start what was built. Default: what the project asks for.</summary>
    public string? EnvironmentManager { get; init; }

    /// <summary>Further arguments of <c>docker run</c>, by name; a null value makes a flag. One letter gets one hyphen, others two.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> DockerArguments { get; init; } = [];

    /// <summary>Where files named by URIs are downloaded for parameters of type <c>path</c>. Default: a new temporary folder.</summary>
    public string? StorageDirectory { get; init; }

    /// <summary>Where built .NET programs are kept, by what they were built of. Default: <c>mlflowsharp/projects</c> in the user's local application data.</summary>
    public string CacheDirectory { get; init; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "mlflowsharp", "projects");

    /// <summary>The Slurm cluster to run on; null for this machine.</summary>
    public SlurmOptions? Slurm { get; init; }

    /// <summary>How long a program that is told to stop (SIGTERM) may take before it is killed. Default: 10 seconds.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where the program's output goes, which is also kept as the artifact <c>logs/project.log</c>. Default: the standard output.</summary>
    public TextWriter Output { get; init; } = Console.Out;

    /// <summary>Is told what happens, a sentence at a time. Default: the standard error stream.</summary>
    public Action<string> Tell { get; init; } = Console.Error.WriteLine;
}
