namespace MLflowSharp.Projects.Sources;

/// <summary>Where a project came from.</summary>
/// <param name="Folder">The folder it is in now.</param>
/// <param name="Name">As the tag <c>mlflow.source.name</c> has it.</param>
/// <param name="Commit">Commit that is checked out; null outside of git.</param>
/// <param name="RepositoryUrl">The repository's remote; null when it has none.</param>
/// <param name="Branch">The branch that was asked for; null when it was a commit, a tag or nothing.</param>
internal sealed record ProjectSource(string Folder, string Name, string? Commit, string? RepositoryUrl, string? Branch);
