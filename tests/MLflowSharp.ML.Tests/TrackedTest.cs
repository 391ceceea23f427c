using Microsoft.ML;

namespace MLflowSharp.ML.Tests;

/// <summary>A test whose trainings are logged into a folder of its own.</summary>
[Collection(nameof(OneAfterAnother))]
public abstract class TrackedTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlflowsharp-ml-").FullName;

    protected TrackedTest()
    {
        var options = new MlflowClientOptions { DefaultArtifactRoot = Path.Combine(_folder, "mlruns"), Warn = Warnings.Add };
        var uri = $"sqlite:///{Path.Combine(_folder, "mlflow.db")}";
        Mlflow.SetTrackingUri(uri, options);
        Client = new MlflowClient(uri, options);
        Training = Context.Data.LoadFromEnumerable(Sample.Create(300));
        Validation = Context.Data.LoadFromEnumerable(Sample.Create(100, seed: 2));
    }

    protected MLContext Context { get; } = new(seed: 1);

    protected IDataView Training { get; }

    protected IDataView Validation { get; }

    protected MlflowClient Client { get; }

    protected List<string> Warnings { get; } = [];

    protected Run OnlyRun() => Client.GetRun(Assert.Single(Client.SearchRuns(["0"])).Info.RunId);

    public void Dispose()
    {
        Mlflow.Autolog(disable: true);
        MLNetAutolog.Reset();
        while (Mlflow.ActiveRun is { } run)
            run.End();
        Mlflow.SetTrackingUri("");
        Client.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
