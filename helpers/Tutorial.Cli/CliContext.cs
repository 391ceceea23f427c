using System.Runtime.InteropServices;
using CSharpKernel.KernelSpecs;
using JupyterProtocol;
using JupyterProtocol.KernelSpecs;
using Spectre.Console;
using Tutorial.Cli.Diagnosis.Places;
using Tutorial.Cli.Running;

namespace Tutorial.Cli;

/// <summary>What the verbs have around them; tests bring their own.</summary>
internal sealed record CliContext
{
    /// <summary>The checkout whose lessons and kernel are used.</summary>
    public required Checkout Checkout { get; init; }

    /// <summary>Where results are written.</summary>
    public required IAnsiConsole Out { get; init; }

    /// <summary>Where faults are written.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether lines on <see cref="Out"/> may be written over: true on a terminal.</summary>
    public bool Live { get; init; }

    /// <summary>The machine, as the doctor sees it.</summary>
    public IPlace Place { get; init; } = new ThisPlace();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Relative paths are taken from here.</summary>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>Jupyter's data folders, in its order of search.</summary>
    public IReadOnlyList<string> JupyterDirectories { get; init; } = JupyterPaths.Current.DataDirectories;

    /// <summary>Jupyter's data folder for this user.</summary>
    public string JupyterUserDirectory { get; init; } = JupyterPaths.Current.UserDataDirectory;

    /// <summary>Where Jupyter puts the connection files of running kernels.</summary>
    public string JupyterRuntimeDirectory { get; init; } = JupyterPaths.Current.RuntimeDirectory;

    /// <summary>The variable <c>JUPYTER_PATH</c>, or null.</summary>
    public string? JupyterPathVariable { get; init; } = Environment.GetEnvironmentVariable("JUPYTER_PATH");

    /// <summary>The variable <c>PATH</c>, or null.</summary>
    public string? PathVariable { get; init; } = Environment.GetEnvironmentVariable("PATH");

    /// <summary>The variable <c>GITHUB_WORKSPACE</c>, the checkout in a workflow of GitHub, or null.</summary>
    public string? GitHubWorkspace { get; init; } = Environment.GetEnvironmentVariable("GITHUB_WORKSPACE") is { Length: > 0 } workspace ? workspace : null;

    /// <summary>The variable <c>GITHUB_STEP_SUMMARY</c>, the file whose Markdown GitHub shows, or null.</summary>
    public string? GitHubStepSummary { get; init; } = Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY");

    /// <summary>What this machine runs.</summary>
    public Architecture MachineArchitecture { get; init; } = Platform.MachineArchitecture;

    /// <summary>The folder of the active Python environment, or null.</summary>
    public string? PythonPrefix { get; init; } =
        ((string[])["VIRTUAL_ENV", "CONDA_PREFIX"]).Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    /// <summary>The context of a real command line.</summary>
    public static CliContext ForConsole()
    {
        var output = AnsiConsole.Console;
        // In a file or a pipe there is no width to keep to: a table is as wide as its content.
        if (Console.IsOutputRedirected)
            output.Profile.Width = 10_000;
        return new CliContext
        {
            Checkout = Checkout.Find(),
            Out = output,
            Error = Console.Error,
            Live = !Console.IsOutputRedirected && output.Profile.Capabilities is { Ansi: true, Interactive: true },
        };
    }

    /// <summary>The kernels that Jupyter finds, with what is wrong with them; how this one is installed again is told as well.</summary>
    public IReadOnlyList<ListedKernelSpec> ListKernels() =>
    [
        .. new KernelSpecStore(dataDirectories: JupyterDirectories).List().Select(kernel =>
            kernel.Problem is { } problem && kernel.Name.Equals(KernelSpecInstaller.KernelName, StringComparison.OrdinalIgnoreCase)
                ? kernel with { Problem = $"{problem.TrimEnd('.')} with `dotnet tutorial.cs kernel install`" }
                : kernel),
    ];

    /// <summary>A path as short as it can be said: relative to the working directory where it is below it.</summary>
    public string Shorten(string path)
    {
        var relative = Path.GetRelativePath(WorkingDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
