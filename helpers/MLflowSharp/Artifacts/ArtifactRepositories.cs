using MLflowSharp.Artifacts.Local;

namespace MLflowSharp.Artifacts;

/// <summary>Chooses the repository for an artifact URI.</summary>
internal static class ArtifactRepositories
{
    public static IArtifactRepository Get(string artifactUri) =>
        ArtifactUri.ToLocalPath(artifactUri) is { } folder
            ? new LocalArtifactRepository(folder)
            : throw MlflowException.Invalid(
                $"Artifacts at '{artifactUri}' cannot be reached: only local folders and file: URIs are supported. "
                + "Create the experiment with a local artifact location.");
}
