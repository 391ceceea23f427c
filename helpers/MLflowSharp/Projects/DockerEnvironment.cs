namespace MLflowSharp.Projects;

/// <summary>The container that a project asks for with <c>docker_env</c>.</summary>
/// <param name="Image">The image.</param>
/// <param name="Volumes">What is mounted, such as <c>/data:/data</c>.</param>
/// <param name="Variables">Environment variables: with a value, a new one; with null, one to be copied from this process.</param>
public sealed record DockerEnvironment(string Image, IReadOnlyList<string> Volumes, IReadOnlyList<KeyValuePair<string, string?>> Variables);
