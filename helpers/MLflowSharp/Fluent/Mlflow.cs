namespace MLflowSharp;

/// <summary>
/// MLflow's fluent functions (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html) under the names of the Python module
/// <c>mlflow</c>. They log to the active run, and start one where there is none. Tracking URI and experiment belong to the process;
/// the active run belongs to the code that started it and to what it awaits or starts, and is also seen by later notebook cells.
/// For runs in parallel, start them with <c>nested: true</c> inside a parent, or use <see cref="MlflowClient"/>.
/// </summary>
public static partial class Mlflow
{
    private const string DefaultTrackingUri = "sqlite:///mlflow.db";
    private static readonly Lock State = new();
    private static string? _trackingUri;
    private static MlflowClientOptions? _options;
    private static string? _experimentId;
    private static (MlflowClient Client, string Folder)? _client;

    /// <summary>The active run of the calling code, or null when none is active.</summary>
    public static ActiveRun? ActiveRun => ActiveRuns.Current;

    /// <summary>
    /// Chooses where experiments and runs are kept (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.set_tracking_uri).
    /// Runs that are active keep the place they were started in.
    /// </summary>
    /// <param name="uri"><c>sqlite:///relative/path.db</c> or <c>sqlite:////absolute/path.db</c>, or a folder of files such as <c>./mlruns</c>; empty to go back to the default.</param>
    /// <param name="options">Settings such as the MLflow version a new database is made for; null for the defaults.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE for a URI that is not supported.</exception>
    public static void SetTrackingUri(string uri, MlflowClientOptions? options = null)
    {
        lock (State)
        {
            if (uri.Length > 0)
                new MlflowClient(uri, options).Dispose();
            if ((_trackingUri, _options) != (uri, options))
                _experimentId = null;
            _trackingUri = uri.Length == 0 ? null : uri;
            _options = options;
            ForgetClient();
        }
    }

    /// <summary>
    /// Where experiments and runs are kept: what <see cref="SetTrackingUri"/> said, else the environment variable <c>MLFLOW_TRACKING_URI</c>, else
    /// <c>sqlite:///mlflow.db</c> in the current folder. As in MLflow it is the whole URI, with a name and password if they are in it, so that another
    /// process can be given it; <see cref="MlflowClient.TrackingUri"/> is the one to show.
    /// </summary>
    public static string GetTrackingUri()
    {
        if (_trackingUri is { } uri)
            return uri;
        return Environment.GetEnvironmentVariable("MLFLOW_TRACKING_URI") is { Length: > 0 } variable ? variable : DefaultTrackingUri;
    }

    /// <summary>Switches automatic logging of supported trainers on, or off with <paramref name="disable"/> (https://mlflow.org/docs/latest/ml/tracking/autolog/).</summary>
    /// <param name="logModels">Log trained models.</param>
    /// <param name="logDatasets">Log datasets as inputs.</param>
    /// <param name="logInputExamples">Store an example of the input with the model.</param>
    /// <param name="logModelSignatures">Store types and shapes of inputs and outputs with the model.</param>
    /// <param name="disable">Switch automatic logging off.</param>
    /// <param name="exclusive">Do not log into runs the user started.</param>
    /// <param name="silent">Suppress messages and warnings.</param>
    /// <param name="logEveryNEpoch">Log metrics of every n-th epoch, or iteration of trainers that have no epochs; 1 or more.</param>
    /// <param name="logEveryNStep">Log metrics of every n-th batch, too, of trainers that learn in batches; 1 or more, null for none.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when <paramref name="logEveryNEpoch"/> or <paramref name="logEveryNStep"/> is below 1.</exception>
    public static void Autolog(
        bool logModels = true,
        bool logDatasets = true,
        bool logInputExamples = false,
        bool logModelSignatures = true,
        bool disable = false,
        bool exclusive = false,
        bool silent = false,
        int logEveryNEpoch = 1,
        int? logEveryNStep = null)
    {
        Autologging.SetOfAll(new(logModels, logDatasets, logInputExamples, logModelSignatures, disable, exclusive, silent, logEveryNEpoch, logEveryNStep));
    }

    /// <summary>The settings given to <see cref="SetTrackingUri"/>, else the defaults.</summary>
    internal static MlflowClientOptions Options => _options ?? new MlflowClientOptions();

    /// <summary>The client the fluent functions use at present. It is theirs: do not dispose it.</summary>
    internal static MlflowClient Client
    {
        get
        {
            lock (State)
            {
                var uri = GetTrackingUri();
                var folder = Directory.GetCurrentDirectory();
                if (_client is { } existing && existing.Client.IsOf(uri, GetRegistryUri()) && existing.Folder == folder)
                    return existing.Client;
                ForgetClient();
                var client = new MlflowClient(uri, _options);
                _client = (client, folder);
                return client;
            }
        }
    }

    private static void ForgetClient()
    {
        if (_client is { } old && !ActiveRuns.IsInUse(old.Client))
            old.Client.Dispose();
        _client = null;
    }
}
