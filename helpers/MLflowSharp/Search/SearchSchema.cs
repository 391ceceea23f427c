namespace MLflowSharp.Search;

/// <summary>What one kind of search may name: the same grammar with other words.</summary>
internal sealed record SearchSchema
{
    public static readonly SearchSchema Runs = new()
    {
        Entities = new(StringComparer.Ordinal)
        {
            ["metric"] = SearchEntity.Metric, ["metrics"] = SearchEntity.Metric,
            ["param"] = SearchEntity.Parameter, ["params"] = SearchEntity.Parameter,
            ["parameter"] = SearchEntity.Parameter, ["parameters"] = SearchEntity.Parameter,
            ["tag"] = SearchEntity.Tag, ["tags"] = SearchEntity.Tag,
            ["attr"] = SearchEntity.Attribute, ["attribute"] = SearchEntity.Attribute, ["attributes"] = SearchEntity.Attribute, ["run"] = SearchEntity.Attribute,
            ["dataset"] = SearchEntity.Dataset, ["datasets"] = SearchEntity.Dataset,
        },
        StringAttributes = ["run_id", "run_name", "user_id", "status", "artifact_uri"],
        NumericAttributes = ["start_time", "end_time"],
        ListAttributes = ["run_id"],
        Aliases = new() { ["created"] = "start_time", ["Created"] = "start_time" },
        FilterAliases = new() { ["run name"] = "run_name", ["Run name"] = "run_name", ["Run Name"] = "run_name" },
        OrderAttributes = ["run_id", "run_name", "user_id", "status", "artifact_uri", "start_time", "end_time"],
        NullableEntities = [SearchEntity.Parameter, SearchEntity.Tag],
    };

    public static readonly SearchSchema Experiments = new()
    {
        Entities = new(StringComparer.Ordinal)
        {
            ["tag"] = SearchEntity.Tag, ["tags"] = SearchEntity.Tag,
            ["attribute"] = SearchEntity.Attribute,
        },
        StringAttributes = ["name", "experiment_id"],
        NumericAttributes = ["creation_time", "last_update_time"],
        ListAttributes = [],
        Aliases = [],
        FilterAliases = [],
        OrderAttributes = ["name", "experiment_id", "creation_time", "last_update_time"],
        NullableEntities = [SearchEntity.Tag],
    };

    public required Dictionary<string, SearchEntity> Entities { get; init; }

    public required string[] StringAttributes { get; init; }

    public required string[] NumericAttributes { get; init; }

    public required string[] ListAttributes { get; init; }

    public required Dictionary<string, string> Aliases { get; init; }

    public required Dictionary<string, string> FilterAliases { get; init; }

    public required string[] OrderAttributes { get; init; }

    /// <summary>What may be tested with IS NULL.</summary>
    public required SearchEntity[] NullableEntities { get; init; }
}
