namespace MLflowSharp.Search;

internal sealed partial record SearchSchema
{
    private static readonly Dictionary<string, SearchEntity> RegistryEntities = new(StringComparer.Ordinal)
    {
        ["attribute"] = SearchEntity.Attribute, ["tag"] = SearchEntity.Tag, ["tags"] = SearchEntity.Tag,
    };

    public static readonly SearchSchema RegisteredModels = new()
    {
        Things = "registered models",
        Entities = RegistryEntities,
        Attributes = Named(new SearchAttribute("name", Lists: true)),
        OrderKeys = new(StringComparer.Ordinal)
        {
            ["name"] = "name", ["timestamp"] = "last_updated_timestamp", ["last_updated_timestamp"] = "last_updated_timestamp",
        },
        PrefixedOrderKeys = false,
    };

    public static readonly SearchSchema ModelVersions = new()
    {
        Things = "model versions",
        Entities = RegistryEntities,
        Attributes = Named(
            new("name", Lists: true), new("run_id", Lists: true), new("source_path"), new("version_number", SearchValueKind.QuotableInteger)),
        OrderKeys = new(StringComparer.Ordinal)
        {
            ["name"] = "name", ["version_number"] = "version_number",
            ["creation_timestamp"] = "creation_timestamp", ["last_updated_timestamp"] = "last_updated_timestamp",
        },
    };
}
