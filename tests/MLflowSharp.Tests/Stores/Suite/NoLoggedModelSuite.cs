namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>How a store of MLflow 2 says that it has no logged models.</summary>
/// <typeparam name="TStore">The kind of store.</typeparam>
public abstract class NoLoggedModelSuite<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    [Fact]
    public void Logged_models_are_refused_with_the_version_that_has_them()
    {
        Assert.Contains("3.0", Refused(ErrorCode.NotImplemented, () => Client.CreateLoggedModel("0", "model")).Message, StringComparison.Ordinal);
        Refused(ErrorCode.NotImplemented, () => Client.GetLoggedModel("m-1"));
        Refused(ErrorCode.NotImplemented, () => Client.FinalizeLoggedModel("m-1"));
        Refused(ErrorCode.NotImplemented, () => Client.DeleteLoggedModel("m-1"));
        Refused(ErrorCode.NotImplemented, () => Client.SetLoggedModelTags("m-1", new Dictionary<string, string>()));
        Refused(ErrorCode.NotImplemented, () => Client.SearchLoggedModels(["0"]));
    }

    [Fact]
    public void A_version_cannot_be_made_from_one()
    {
        Client.CreateRegisteredModel("mnist");
        Refused(ErrorCode.NotImplemented, () => Client.CreateModelVersion("mnist", "models:/m-00000000000000000000000000000000"));
        Assert.Empty(Client.SearchModelVersions());
    }
}
