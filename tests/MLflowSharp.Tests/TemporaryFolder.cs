namespace MLflowSharp.Tests;

/// <summary>A folder of one test with a database address in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("mlflowsharp-").FullName;

    public string DatabasePath => Path.Combine(FullName, "mlflow.db");

    public string TrackingUri => $"sqlite:///{DatabasePath}";

    public MlflowClientOptions Options => new() { DefaultArtifactRoot = Path.Combine(FullName, "mlruns") };

    public MlflowClient NewClient(MlflowClientOptions? options = null) => new(TrackingUri, options ?? Options);

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
