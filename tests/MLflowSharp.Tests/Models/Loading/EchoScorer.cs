namespace MLflowSharp.Tests.Models.Loading;

internal sealed class EchoScorer : IModelScorer
{
    public ManualResetEventSlim? Gate { get; set; }

    public ManualResetEventSlim Entered { get; } = new();

    public bool IsDisposed { get; private set; }

    public IReadOnlyDictionary<string, object?> Parameters { get; private set; } = new Dictionary<string, object?>();

    public ModelData Predict(ModelData data, IReadOnlyDictionary<string, object?> parameters)
    {
        Parameters = parameters;
        Entered.Set();
        Gate?.Wait();
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        return data;
    }

    public void Dispose() => IsDisposed = true;
}
