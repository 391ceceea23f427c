using MLflowSharp.Tests.Stores.Suite;

namespace MLflowSharp.Tests.Stores.Files;

/// <summary>A folder of files.</summary>
public class FileStore : StoreUnderTest
{
    public override bool KeepsInfinity => true;

    public override bool AllowsPercentInModelNames => false;

    public override MlflowClient NewClient(MlflowClientOptions? options = null) => new(Path.Combine(Folder.FullName, "mlruns"), options ?? Options);
}
