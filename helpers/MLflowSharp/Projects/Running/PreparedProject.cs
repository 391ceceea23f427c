using MLflowSharp.Projects.Sources;

namespace MLflowSharp.Projects.Running;

/// <summary>A project that has been fetched and checked, and nothing more.</summary>
/// <param name="Source">Where it came from.</param>
/// <param name="Project">The project.</param>
/// <param name="EntryPoint">What is run.</param>
/// <param name="Values">With which parameters, as they were given.</param>
/// <param name="Manager">What prepares the environment.</param>
/// <param name="Options">How it is run.</param>
internal sealed record PreparedProject(
    ProjectSource Source, Project Project, EntryPoint EntryPoint, IReadOnlyList<ProjectValue> Values, EnvironmentManager Manager, ProjectRunOptions Options);
