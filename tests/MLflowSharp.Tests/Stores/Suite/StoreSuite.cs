namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>
/// Tests that every kind of store has to pass alike, by feature. For a kind of store, derive each of them once:
/// <c>SqliteSuite</c> shows how.
/// </summary>
/// <typeparam name="TStore">The kind of store.</typeparam>
public abstract class StoreSuite<TStore> : IDisposable
    where TStore : StoreUnderTest, new()
{
    private readonly Lazy<string> _run;

    protected StoreSuite()
    {
        Client = Store.NewClient();
        _run = new(() => Client.CreateRun("0").Info.RunId);
    }

    /// <summary>The store.</summary>
    protected TStore Store { get; } = new();

    /// <summary>A client of it.</summary>
    protected MlflowClient Client { get; }

    /// <summary>A run, made when first asked for.</summary>
    protected string Run => _run.Value;

    public void Dispose()
    {
        Client.Dispose();
        Store.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs what has to be refused.</summary>
    /// <returns>The error, which has this code.</returns>
    protected static MlflowException Refused(ErrorCode code, Action call)
    {
        var error = Assert.Throws<MlflowException>(call);
        Assert.True(code == error.ErrorCode, $"Expected {code}, got {error.ErrorCode}: {error.Message}");
        return error;
    }
}
