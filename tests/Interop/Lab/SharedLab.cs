namespace Interop.Lab;

/// <summary>The tests that share one JupyterLab; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedLab : ICollectionFixture<JupyterLab>
{
    /// <summary>What a class of such tests names in its <c>[Collection]</c>.</summary>
    public const string Name = "JupyterLab";
}
