using MLflowSharp.Context;
using MLflowSharp.Stores.Files.Yaml;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

/// <summary>Experiments and runs in MLflow's file store, one file for each parameter, tag and metric.</summary>
internal sealed partial class FileTrackingStore : ITrackingStore
{
    private const string DefaultExperiment = "0";

    // Folders of an experiment that are not runs.
    private static readonly HashSet<string> Reserved = ["tags", "datasets", "traces", "models"];

    private readonly FileStoreFolder _root;
    private readonly EntityValidator _validator;
    private readonly MetricFiles _metricFiles = new();

    public FileTrackingStore(FileStoreFolder root)
    {
        _root = root;
        _validator = new EntityValidator(root.Options.Warn);
        root.Initialize = CreateDefaultExperiment;
    }

    public void Dispose()
    {
        _root.Dispose();
        _metricFiles.Dispose();
    }

    /// <summary>MLflow's programs expect the experiment 0, named Default.</summary>
    private void CreateDefaultExperiment() =>
        AddExperiment(DefaultExperiment, "Default", artifactLocation: null, new Dictionary<string, string>());

    private static string NewIdentifier() => Guid.NewGuid().ToString("N");

    private string NewRunName() => RunName.Generate(_root.Options.Random);

    private static bool Shows(ViewType viewType, LifecycleStage stage) => viewType switch
    {
        ViewType.ActiveOnly => stage == LifecycleStage.Active,
        ViewType.DeletedOnly => stage == LifecycleStage.Deleted,
        ViewType.All => true,
        _ => throw MlflowException.Invalid($"Invalid view type '{viewType}'. Use ActiveOnly, DeletedOnly or All."),
    };

    /// <summary>Files that cannot be understood are left out of lists, with a warning: one damaged run must not hide all others.</summary>
    private T? OrWarn<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.DataLoss)
        {
            _root.Warn($"Left out: {error.Message}");
            return null;
        }
    }

    private static void SetTags(YamlMap meta, IReadOnlyDictionary<string, string> tags)
    {
        var map = new YamlMap();
        foreach (var (key, value) in tags)
            map[key] = value;
        meta["tags"] = map;
    }
}
