namespace Interop;

/// <summary>A folder of one test with a database address in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("tutorial-interop-").FullName;

    public string DatabasePath => Path.Combine(FullName, "mlflow.db");

    public string TrackingUri => $"sqlite:///{DatabasePath}";

    public string Combine(string name) => Path.Combine(FullName, name);

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
