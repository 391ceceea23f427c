namespace MLflowSharp.TorchSharp.Tests.Autologging;

/// <summary>Lets the fluent functions log into a temporary folder, and switches automatic logging off again afterwards.</summary>
internal sealed class TrackingFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlflowsharp-torch-").FullName;

    public TrackingFolder(JournalOptions? journal = null)
    {
        var options = new MlflowClientOptions { Journal = journal ?? new(), DefaultArtifactRoot = Path.Combine(_folder, "mlruns"), Warn = Warnings.Add };
        var uri = $"sqlite:///{Path.Combine(_folder, "mlflow.db")}";
        Mlflow.SetTrackingUri(uri, options);
        Client = new MlflowClient(uri, options);
    }

    public MlflowClient Client { get; }

    public List<string> Warnings { get; } = [];

    public IReadOnlyList<Run> Runs() => Client.SearchRuns(["0"]);

    public Run OnlyRun() => Client.GetRun(Assert.Single(Runs()).Info.RunId);

    public IReadOnlyList<Metric> History(string key) => Client.GetMetricHistory(OnlyRun().Info.RunId, key);

    public string Download(string artifact) => Client.DownloadArtifacts(OnlyRun().Info.RunId, artifact);

    public void Dispose()
    {
        Mlflow.Autolog(disable: true);
        TorchSharpAutolog.Reset();
        while (Mlflow.ActiveRun is { } run)
            run.End();
        Mlflow.SetTrackingUri("");
        Client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
