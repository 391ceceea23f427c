namespace MLflowSharp.Tests.Fluent;

/// <summary>A test of the fluent functions, with a store of its own and no run left behind.</summary>
[Collection(nameof(OneAfterAnother))]
public abstract class FluentTest : IDisposable
{
    /// <summary>Points the fluent functions at an empty store.</summary>
    protected FluentTest() => Mlflow.SetTrackingUri(Folder.TrackingUri, Folder.Options);

    /// <summary>Where the store is.</summary>
    protected TemporaryFolder Folder { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        while (Mlflow.ActiveRun is not null)
            Mlflow.EndRun();
        Mlflow.SetTrackingUri("");
        Mlflow.Autolog(disable: true);
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs something with an environment variable set.</summary>
    protected static void With(string variable, string value, Action action)
    {
        Environment.SetEnvironmentVariable(variable, value);
        try
        {
            action();
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }
}
