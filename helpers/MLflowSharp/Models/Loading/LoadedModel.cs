namespace MLflowSharp;

/// <summary>
/// A model ready to score, as Python's <c>mlflow.pyfunc.PyFuncModel</c>
/// (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.pyfunc.html#mlflow.pyfunc.PyFuncModel). Several threads may score at once;
/// what is disposed while others score is freed when the last of them is done.
/// </summary>
public sealed class LoadedModel : IDisposable
{
    private readonly IModelScorer _scorer;
    private readonly Action? _release;
    private readonly ModelInputCheck _check;
    private int _users = 1;
    private int _disposed;

    internal LoadedModel(string uri, string directory, Model metadata, string flavor, IModelScorer scorer, Action<string> warn, Action? release)
    {
        (Uri, Directory, Metadata, Flavor, _scorer, _release) = (uri, directory, metadata, flavor, scorer, release);
        _check = new(metadata, warn);
    }

    /// <summary>The URI it was loaded with.</summary>
    public string Uri { get; }

    /// <summary>Full path of the folder that holds <c>MLmodel</c>; a downloaded one is deleted when the model is disposed.</summary>
    public string Directory { get; }

    /// <summary>What the file <c>MLmodel</c> says: flavors, signature, run, identity.</summary>
    public Model Metadata { get; }

    /// <summary>The flavor it was loaded in, such as <c>onnx</c>.</summary>
    public string Flavor { get; }

    /// <summary>What it takes and gives; null when the model does not say.</summary>
    public ModelSignature? Signature => Metadata.Signature;

    /// <summary>The data kept beside the model to show what it takes; null when there are none, or of a kind that .NET's models do not take. Each call reads the file.</summary>
    /// <exception cref="MlflowException">DATA_LOSS when the file is damaged.</exception>
    public ModelData? InputExample => ModelExample.Read(Directory, Metadata);

    /// <summary>Loads a model from a local folder, without any store.</summary>
    /// <param name="directory">The folder that holds <c>MLmodel</c>.</param>
    /// <param name="flavor">The flavor to load it in; null for the one that scores fastest.</param>
    /// <param name="warn">Receives warnings about data; null for the standard error stream.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when there is no model; INVALID_PARAMETER_VALUE when it has no flavor that can be loaded here; DATA_LOSS when its files are damaged.</exception>
    public static LoadedModel Load(string directory, string? flavor = null, Action<string>? warn = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return Load(directory, directory, flavor, warn ?? Console.Error.WriteLine, release: null);
    }

    /// <summary>Scores rows, after seeing that they fit the signature.</summary>
    /// <param name="data">The rows: an array (<c>float[][]</c>), a <see cref="ModelTensor"/>, or columns by name (<see cref="ModelData.FromColumns"/>, <see cref="ModelData.FromRecords"/>).</param>
    /// <param name="parameters">Settings that the signature names; null for their defaults.</param>
    /// <returns>What the model gives, by name where its outputs have names.</returns>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the rows do not fit: one line with the column or shape, what was expected and what was found.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public ModelData Predict(ModelData data, IReadOnlyDictionary<string, object?>? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Enter();
        try
        {
            return _scorer.Predict(_check.Data(data), _check.Parameters(parameters));
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Frees the model, or lets the last call of <see cref="Predict"/> that is under way do so.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            Leave();
    }

    /// <summary>The URI, the flavor, and what the model takes and gives.</summary>
    public override string ToString() =>
        $"{Uri} ({Flavor}){(Signature is { } signature ? $": {string.Join(", ", signature.Inputs)}{(signature.Outputs is { } outputs ? $" -> {string.Join(", ", outputs)}" : "")}" : "")}";

    /// <summary>How a notebook shows the model: as its text.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle() => new Dictionary<string, object> { ["text/plain"] = ToString() };

    internal static LoadedModel Load(string uri, string directory, string? flavor, Action<string> warn, Action? release)
    {
        var folder = Path.GetFullPath(directory);
        var description = Model.Load(folder);
        var loader = ModelFlavors.Choose(description, flavor, uri);
        return new(uri, folder, description, loader.Name, loader.Load(folder, description), warn, release);
    }

    private void Enter()
    {
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            ObjectDisposedException.ThrowIf(users == 0 || _disposed != 0, this);
        }
        while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) > 0)
            return;
        _scorer.Dispose();
        _release?.Invoke();
    }
}
