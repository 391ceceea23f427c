using MLflowSharp.Projects.DotNet;
using MLflowSharp.Projects.Running;
using MLflowSharp.Projects.Sources;

namespace MLflowSharp.Projects;

/// <summary>Runs projects, as the Python module <c>mlflow.projects</c> (https://mlflow.org/docs/latest/ml/projects/).</summary>
public static class MlflowProjects
{
    /// <summary>Runs a project and waits until it ends.</summary>
    /// <param name="uri">A folder, a zip file, or a git repository, with <c>#folder</c> for a project that is in a folder of it.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="client">Where the run is logged; null for what <see cref="Mlflow.GetTrackingUri"/> says.</param>
    /// <param name="cancellationToken">Stops the program, marks the run KILLED, and throws.</param>
    /// <returns>The run, as it is at its end.</returns>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when project or parameters are not right (then nothing was started or logged); INTERNAL_ERROR when the program failed.</exception>
    public static async Task<Run> RunAsync(string uri, ProjectRunOptions? options = null, MlflowClient? client = null, CancellationToken cancellationToken = default)
    {
        var used = client ?? Mlflow.Client;
        var submitted = await StartAsync(uri, options, used, cancellationToken);
        var status = await submitted.WaitAsync(cancellationToken);
        return status == RunStatus.Finished
            ? await used.GetRunAsync(submitted.RunId, cancellationToken)
            : throw new MlflowException($"Run (ID '{submitted.RunId}') {(status == RunStatus.Killed ? "was killed" : "failed")}. Its artifact logs/project.log holds what the program said.", ErrorCode.InternalError);
    }

    /// <inheritdoc cref="RunAsync"/>
    public static Run Run(string uri, ProjectRunOptions? options = null, MlflowClient? client = null) => MlflowClient.Wait(RunAsync(uri, options, client));

    /// <summary>Starts a project, and returns while it runs.</summary>
    /// <param name="uri">A folder, a zip file, or a git repository, with <c>#folder</c> for a project that is in a folder of it.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="client">Where the run is logged, which must not be disposed before the run has ended; null for what <see cref="Mlflow.GetTrackingUri"/> says.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when project or parameters are not right; then nothing was started or logged.</exception>
    public static async Task<SubmittedRun> StartAsync(string uri, ProjectRunOptions? options = null, MlflowClient? client = null, CancellationToken cancellationToken = default)
    {
        var prepared = await PrepareAsync(uri, options, cancellationToken);
        return await ProjectLauncher.LaunchAsync(prepared, client ?? Mlflow.Client, cancellationToken);
    }

    /// <summary>Checks everything, and says what would be run: the command line, or the job script. Nothing is built, logged or submitted.</summary>
    /// <param name="uri">A folder, a zip file, or a git repository, with <c>#folder</c> for a project that is in a folder of it.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when project or parameters are not right.</exception>
    public static async Task<string> DescribeAsync(string uri, ProjectRunOptions? options = null, CancellationToken cancellationToken = default) =>
        DryRun.Describe(await PrepareAsync(uri, options, cancellationToken));

    /// <summary>Builds the .NET program that a project names, unless it is built, so that its runs need neither compiler nor network, nor a place to build in. Nothing is run or logged.</summary>
    /// <param name="uri">A folder, a zip file, or a git repository, with <c>#folder</c> for a project that is in a folder of it.</param>
    /// <param name="options">Whose <see cref="ProjectRunOptions.Version"/>, <see cref="ProjectRunOptions.CacheDirectory"/> and <see cref="ProjectRunOptions.Tell"/> count; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the build.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when there is no project, it names no .NET program, or that cannot be built.</exception>
    public static async Task BuildAsync(string uri, ProjectRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ProjectRunOptions();
        var project = Project.Load((await ProjectSources.FetchAsync(uri, options.Version, options.Tell, cancellationToken)).Folder);
        if (project.Environment.Kind != ProjectEnvironmentKind.DotNet)
            throw MlflowException.Invalid($"The project {uri} names no .NET program to build. Write `dotnet_env: train.cs` (or a project file) into its MLproject file.");
        await DotNetEnvironment.BuildAsync(project.Environment.Path!, options, cancellationToken);
    }

    /// <summary>Fetches and checks a project and what it is to be run with. Nothing is logged.</summary>
    internal static async Task<PreparedProject> PrepareAsync(string uri, ProjectRunOptions? options, CancellationToken cancellationToken)
    {
        options ??= new ProjectRunOptions();
        if (options.ExperimentName is not null && options.ExperimentId is not null)
            throw MlflowException.Invalid("Specify only one of experiment name and experiment identifier.");
        var source = await ProjectSources.FetchAsync(uri, options.Version, options.Tell, cancellationToken);
        var project = Project.Load(source.Folder);
        var entryPoint = project.FindEntryPoint(options.EntryPoint);
        var values = entryPoint.Resolve(options.Parameters);
        options.Slurm?.SecondsBeforeLimit();
        // Finds faults of the command before anything is built.
        entryPoint.BuildCommand(values);
        return new PreparedProject(source, project, entryPoint, values, EnvironmentManagers.Choose(project, options), options);
    }
}
