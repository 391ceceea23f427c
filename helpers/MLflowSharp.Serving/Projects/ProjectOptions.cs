using System.CommandLine;
using MLflowSharp.Projects;
using MLflowSharp.Projects.Slurm;

namespace MLflowSharp.Serving.Projects;

/// <summary>What is said of a project on the command line, under the names that <c>mlflow run</c> has.</summary>
internal sealed class ProjectOptions
{
    private readonly Option<string> _entryPoint = new("--entry-point", "-e") { HelpName = "NAME", Description = "What is run: an entry point, or a script by its name (.py, .sh, .R, .cs). Default: main.", DefaultValueFactory = _ => "main" };
    private readonly Option<string?> _version = new("--version", "-v") { HelpName = "VERSION", Description = "Of a git repository: commit, branch or tag." };
    private readonly Option<string[]> _parameters = new("--param-list", "-P") { HelpName = "NAME=VALUE", Description = "A parameter; may be given several times. What the entry point does not declare follows its command as --name value." };
    private readonly Option<string[]> _docker = new("--docker-args", "-A") { HelpName = "NAME=VALUE", Description = "A further argument of docker run, such as gpus=all, or a flag, such as t." };
    private readonly Option<string?> _experimentName = new("--experiment-name") { HelpName = "NAME", Description = "The experiment, made if needed. Default: MLFLOW_EXPERIMENT_NAME, else MLFLOW_EXPERIMENT_ID, else 0." };
    private readonly Option<string?> _experimentId = new("--experiment-id") { HelpName = "ID", Description = "The experiment by its identifier, instead." };
    private readonly Option<string?> _runName = new("--run-name") { HelpName = "NAME", Description = "The run's name. Default: a generated one." };
    private readonly Option<string?> _runId = new("--run-id") { HelpName = "RUN", Description = "A run that is there, to be used instead of a new one." };
    private readonly Option<string?> _parent = new("--parent-run-id") { HelpName = "RUN", Description = "A run to be nested in." };
    private readonly Option<string> _backend = new("--backend", "-b") { HelpName = "local|slurm", Description = "Where it runs: on this machine, or as a job of a Slurm cluster. Default: local.", DefaultValueFactory = _ => "local" };
    private readonly Option<string?> _backendConfig = new("--backend-config", "-c") { HelpName = "FILE", Description = "What is asked of Slurm: a file that ends in .json, or JSON, such as {\"partition\": \"small\", \"time\": \"00:15:00\"}." };
    private readonly Option<string[]> _after = new("--after") { HelpName = "RUN", Description = "With slurm: a run whose job must have ended well before this one starts." };
    private readonly Option<string?> _manager = new("--env-manager") { HelpName = "local|dotnet", Description = "What prepares the environment: nothing, or the .NET program is built once for each state of its sources. Default: dotnet for projects with dotnet_env, else local." };
    private readonly Option<string?> _storage = new("--storage-dir") { HelpName = "DIR", Description = "Where what parameters of type path name by URIs is downloaded." };

    public ProjectOptions() => _backend.AcceptOnlyFromAmong("local", "slurm");

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [_entryPoint, _version, _parameters, _docker, _experimentName, _experimentId, _runName, _runId, _parent, _backend, _backendConfig, _after, _manager, _storage];

    /// <summary>How the project is run.</summary>
    public ProjectRunOptions Read(ParseResult parsed, TextWriter output, TextWriter error)
    {
        var isSlurm = parsed.GetValue(_backend) == "slurm";
        if (!isSlurm && (parsed.GetValue(_backendConfig) is not null || parsed.GetValue(_after) is { Length: > 0 }))
            throw new MlflowException("--backend-config and --after are for --backend slurm.", ErrorCode.InvalidParameterValue);
        return new ProjectRunOptions
        {
            EntryPoint = parsed.GetValue(_entryPoint)!,
            Version = parsed.GetValue(_version),
            Parameters = NamedValues.Read("-P", parsed.GetValue(_parameters)).ToDictionary(pair => pair.Key, pair => pair.Value ?? throw NamedValues.Refuse("-P", pair.Key)),
            DockerArguments = NamedValues.Read("-A", parsed.GetValue(_docker)),
            ExperimentName = parsed.GetValue(_experimentName),
            ExperimentId = parsed.GetValue(_experimentId),
            RunName = parsed.GetValue(_runName),
            RunId = parsed.GetValue(_runId),
            ParentRunId = parsed.GetValue(_parent),
            Slurm = isSlurm ? (parsed.GetValue(_backendConfig) is { } config ? SlurmOptions.Parse(config) : new SlurmOptions()) with { After = parsed.GetValue(_after) ?? [] } : null,
            EnvironmentManager = parsed.GetValue(_manager),
            StorageDirectory = parsed.GetValue(_storage),
            Output = output,
            Tell = error.WriteLine,
        };
    }
}
