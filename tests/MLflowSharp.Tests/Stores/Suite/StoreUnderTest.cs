namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>
/// A new, empty store of one kind for one test. What a kind of store cannot do by its nature is said by a property here, and the suite then
/// asserts how it says no; nothing is skipped.
/// </summary>
public abstract class StoreUnderTest : IDisposable
{
    /// <summary>A folder for the artifacts, and for the store if it has files.</summary>
    protected TemporaryFolder Folder { get; } = new();

    /// <summary>Whether the store knows logged models (MLflow 3) or is of MLflow 2.</summary>
    public virtual bool HasLoggedModels => true;

    /// <summary>Whether ±infinity comes back as such, or as the largest finite number.</summary>
    public virtual bool KeepsInfinity => false;

    /// <summary>Whether names of registered models may have a percent sign in them. MLflow's file store refuses them.</summary>
    public virtual bool AllowsPercentInModelNames => true;

    /// <summary>Settings that suit the store.</summary>
    public virtual MlflowClientOptions Options => Folder.Options;

    /// <summary>Makes a client of the store. A test makes one; some kinds of store live no longer than it.</summary>
    /// <param name="options">Settings made from <see cref="Options"/>; null for those.</param>
    public abstract MlflowClient NewClient(MlflowClientOptions? options = null);

    public void Dispose()
    {
        Remove();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops or removes what is not in the folder.</summary>
    protected virtual void Remove()
    {
    }
}
