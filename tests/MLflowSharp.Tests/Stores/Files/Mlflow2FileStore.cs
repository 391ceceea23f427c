namespace MLflowSharp.Tests.Stores.Files;

/// <summary>A folder of files as MLflow 2 writes them.</summary>
public sealed class Mlflow2FileStore : FileStore
{
    public override bool HasLoggedModels => false;

    public override MlflowClientOptions Options => base.Options with { DatabaseVersion = "2.15" };
}
