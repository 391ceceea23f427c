namespace MLflowSharp.Testing;

/// <summary>Settings of a <see cref="FakeTrackingServer"/>.</summary>
public sealed record FakeTrackingServerOptions
{
    /// <summary>Where times come from. Default: the system's clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where generated run names come from. Default: the shared random generator; give a seeded one for names that are the same each time.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>
    /// Whether files go through the server, at locations <c>mlflow-artifacts:/…</c>, as with MLflow's own server. Default: false, clients write
    /// them into <see cref="FakeTrackingServer.ArtifactsFolder"/> themselves.
    /// </summary>
    public bool ServesArtifacts { get; init; }

    /// <summary>The MLflow version that the server says it is. Default: 3.17.2.</summary>
    public string Version { get; init; } = "3.17.2";
}
