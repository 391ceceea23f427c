using MLflowSharp;

namespace NotebookTestRunner.Checks.Tracking;

/// <summary>A look at a tracking store: all experiments, runs and models it holds at that moment, and on demand histories and artifacts.</summary>
internal sealed class StoreReading : IDisposable
{
    /// <summary>How many entries are asked for at a time: the most that MLflow gives of all kinds but one.</summary>
    private const int Page = 1000;

    // https://mlflow.org/docs/latest/api_reference/rest-api.html
    private const int PageOfLoggedModels = 100;

    private readonly MlflowClient? client;

    private StoreReading(StoreLocation location, MlflowClient? client) => (Location, this.client) = (location, client);

    /// <summary>Which store it is.</summary>
    public StoreLocation Location { get; }

    /// <summary>The experiments that are not deleted.</summary>
    public IReadOnlyList<Experiment> Experiments { get; private set; } = [];

    /// <summary>The runs that are not deleted, the newest first.</summary>
    public IReadOnlyList<Run> Runs { get; private set; } = [];

    /// <summary>The logged models of MLflow 3.</summary>
    public IReadOnlyList<LoggedModel> LoggedModels { get; private set; } = [];

    /// <summary>The registered models.</summary>
    public IReadOnlyList<RegisteredModel> RegisteredModels { get; private set; } = [];

    /// <summary>Their versions.</summary>
    public IReadOnlyList<ModelVersion> Versions { get; private set; } = [];

    /// <summary>Reads a store; one that is not there yet is empty, and stays away.</summary>
    /// <exception cref="MlflowException">The store cannot be read.</exception>
    public static Task<StoreReading> ReadAsync(StoreLocation location, CancellationToken cancellationToken) => ReadAsync(location, Page, cancellationToken);

    /// <summary>Reads a store, so many entries at a time.</summary>
    internal static async Task<StoreReading> ReadAsync(StoreLocation location, int page, CancellationToken cancellationToken)
    {
        if (!location.Exists) return new(location, null);
        var client = new MlflowClient(location.Uri, new MlflowClientOptions { Journal = new JournalOptions { Enabled = false }, Warn = _ => { } }, location.Uri);
        try
        {
            var reading = new StoreReading(location, client);
            reading.Experiments = await AllAsync(token => client.SearchExperimentsAsync(maxResults: page, pageToken: token, cancellationToken: cancellationToken));
            string[] experiments = [.. reading.Experiments.Select(experiment => experiment.ExperimentId)];
            if (experiments.Length > 0)
            {
                var runs = await AllAsync(token => client.SearchRunsAsync(experiments, maxResults: page, pageToken: token, cancellationToken: cancellationToken));
                reading.Runs = [.. runs.OrderByDescending(run => run.Info.StartTime)];
                reading.LoggedModels = await LoggedModelsAsync(client, experiments, Math.Min(page, PageOfLoggedModels), cancellationToken);
            }
            reading.RegisteredModels = await AllAsync(token => client.SearchRegisteredModelsAsync(maxResults: page, pageToken: token, cancellationToken: cancellationToken));
            reading.Versions = await AllAsync(token => client.SearchModelVersionsAsync(maxResults: page, pageToken: token, cancellationToken: cancellationToken));
            return reading;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>The name of an experiment; its number when it has none here.</summary>
    public string ExperimentName(string experimentId) =>
        Experiments.FirstOrDefault(experiment => experiment.ExperimentId == experimentId)?.Name ?? experimentId;

    /// <summary>All values of a metric, in order.</summary>
    public async Task<IReadOnlyList<Metric>> HistoryAsync(Run run, string metric, CancellationToken cancellationToken) =>
        client is null ? [] : await client.GetMetricHistoryAsync(run.Info.RunId, metric, cancellationToken);

    /// <summary>The paths of all files a run has as artifacts, with their sizes in bytes where the store tells them.</summary>
    public async Task<IReadOnlyList<ArtifactInfo>> ArtifactsAsync(Run run, CancellationToken cancellationToken)
    {
        if (client is null) return [];
        List<ArtifactInfo> files = [];
        HashSet<string> seen = [];
        // MLflow 3 keeps models elsewhere: it lists what is in them below the run, but not their folders.
        Queue<string?> folders = new([null, .. LoggedModels.Where(model => model.SourceRunId == run.Info.RunId).Select(model => model.Name)]);
        while (folders.TryDequeue(out var folder))
        {
            if (!seen.Add(folder ?? "")) continue;
            foreach (var entry in await client.ListArtifactsAsync(run.Info.RunId, folder, cancellationToken))
            {
                if (entry.IsDirectory) folders.Enqueue(entry.Path);
                else files.Add(entry);
            }
        }
        return files;
    }

    /// <summary>Downloads an artifact to a folder that the caller removes.</summary>
    public async Task<string> DownloadAsync(Run run, string path, string folder, CancellationToken cancellationToken) =>
        await client!.DownloadArtifactsAsync(run.Info.RunId, path, folder, cancellationToken: cancellationToken);

    /// <summary>Closes the store.</summary>
    public void Dispose() => client?.Dispose();

    private static async Task<IReadOnlyList<LoggedModel>> LoggedModelsAsync(MlflowClient client, string[] experiments, int page, CancellationToken cancellationToken)
    {
        try
        {
            return await AllAsync(token => client.SearchLoggedModelsAsync(experiments, maxResults: page, pageToken: token, cancellationToken: cancellationToken));
        }
        catch (MlflowException error) when (error.ErrorCode is ErrorCode.NotImplemented or ErrorCode.EndpointNotFound)
        {
            // Stores of MLflow 2 have none.
            return [];
        }
    }

    private static async Task<IReadOnlyList<T>> AllAsync<T>(Func<string?, Task<PagedList<T>>> readPage)
    {
        List<T> all = [];
        string? token = null;
        do
        {
            var page = await readPage(token);
            all.AddRange(page);
            token = page.Token;
        }
        while (!string.IsNullOrEmpty(token));
        return all;
    }
}
