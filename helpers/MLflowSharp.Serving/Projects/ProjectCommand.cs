using System.CommandLine;

namespace MLflowSharp.Serving.Projects;

/// <summary><c>project</c>: runs MLflow projects.</summary>
public static class ProjectCommand
{
    /// <summary>Describes the command.</summary>
    /// <param name="output">Where programs' output goes.</param>
    /// <param name="error">Where it tells what it does, and faults.</param>
    public static Command Create(TextWriter output, TextWriter error) => new("project", "Run MLflow projects (folders and git repositories with a file MLproject), here or on a Slurm cluster.")
    {
        ProjectRunCommand.Create(output, error),
        ProjectSweepCommand.Create(output, error),
    };
}
