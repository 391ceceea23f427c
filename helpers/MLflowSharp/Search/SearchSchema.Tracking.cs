namespace MLflowSharp.Search;

internal sealed partial record SearchSchema
{
    public static readonly SearchSchema Runs = new()
    {
        Things = "runs",
        Entities = new(StringComparer.Ordinal)
        {
            ["metric"] = SearchEntity.Metric, ["metrics"] = SearchEntity.Metric,
            ["param"] = SearchEntity.Parameter, ["params"] = SearchEntity.Parameter,
            ["parameter"] = SearchEntity.Parameter, ["parameters"] = SearchEntity.Parameter,
            ["tag"] = SearchEntity.Tag, ["tags"] = SearchEntity.Tag,
            ["attr"] = SearchEntity.Attribute, ["attribute"] = SearchEntity.Attribute, ["attributes"] = SearchEntity.Attribute, ["run"] = SearchEntity.Attribute,
            ["dataset"] = SearchEntity.Dataset, ["datasets"] = SearchEntity.Dataset,
        },
        Attributes = new(StringComparer.Ordinal)
        {
            ["run_id"] = new("run_id", Lists: true), ["run_name"] = new("run_name"), ["user_id"] = new("user_id"),
            ["status"] = new("status"), ["artifact_uri"] = new("artifact_uri"),
            ["start_time"] = new("start_time", SearchValueKind.Number), ["end_time"] = new("end_time", SearchValueKind.Number),
            ["created"] = new("start_time", SearchValueKind.Number), ["Created"] = new("start_time", SearchValueKind.Number),
            ["run name"] = new("run_name"), ["Run name"] = new("run_name"), ["Run Name"] = new("run_name"),
        },
        OrderKeys = new(StringComparer.Ordinal)
        {
            ["run_id"] = "run_id", ["run_name"] = "run_name", ["user_id"] = "user_id", ["status"] = "status", ["artifact_uri"] = "artifact_uri",
            ["start_time"] = "start_time", ["end_time"] = "end_time", ["created"] = "start_time", ["Created"] = "start_time",
        },
        OrderEntities = [SearchEntity.Metric, SearchEntity.Parameter, SearchEntity.Tag],
        NullableEntities = [SearchEntity.Parameter, SearchEntity.Tag],
        QuotedEntities = true,
        QuotedAttributes = true,
    };

    public static readonly SearchSchema Experiments = new()
    {
        Things = "experiments",
        Entities = new(StringComparer.Ordinal) { ["attribute"] = SearchEntity.Attribute, ["tag"] = SearchEntity.Tag, ["tags"] = SearchEntity.Tag },
        Attributes = Named(
            new("name"), new("experiment_id", SearchValueKind.Identity, Lists: true),
            new("creation_time", SearchValueKind.Integer), new("last_update_time", SearchValueKind.Integer)),
        OrderKeys = new(StringComparer.Ordinal)
        {
            ["name"] = "name", ["experiment_id"] = "experiment_id", ["creation_time"] = "creation_time", ["last_update_time"] = "last_update_time",
        },
        NullableEntities = [SearchEntity.Tag],
        QuotedAttributes = true,
        CapitalComparators = true,
        RepeatedOrderKeys = true,
    };

    /// <summary>Logged models are sorted by <see cref="LoggedModelOrderBy"/>, whose attributes are those of the database, too.</summary>
    public static readonly SearchSchema LoggedModels = new()
    {
        Things = "logged models",
        Entities = new(StringComparer.Ordinal)
        {
            ["attributes"] = SearchEntity.Attribute, ["metrics"] = SearchEntity.Metric, ["params"] = SearchEntity.Parameter, ["tags"] = SearchEntity.Tag,
        },
        Attributes = new(Named(
            new("model_id", Lists: true), new("name", Lists: true), new("model_type", Lists: true), new("source_run_id", Lists: true),
            new("status", Lists: true), new("status_message", Lists: true), new("artifact_location", Lists: true), new("lifecycle_stage", Lists: true),
            new("experiment_id", Lists: true),
            new("creation_timestamp_ms", SearchValueKind.Number), new("last_updated_timestamp_ms", SearchValueKind.Number)), StringComparer.Ordinal)
        {
            ["creation_time"] = new("creation_timestamp_ms", SearchValueKind.Number),
            ["creation_timestamp"] = new("creation_timestamp_ms", SearchValueKind.Number),
            ["last_updated_timestamp"] = new("last_updated_timestamp_ms", SearchValueKind.Number),
        },
        OrderKeys = new(StringComparer.Ordinal)
        {
            ["model_id"] = "model_id", ["name"] = "name", ["model_type"] = "model_type", ["source_run_id"] = "source_run_id",
            ["status"] = "status", ["status_message"] = "status_message", ["artifact_location"] = "artifact_location",
            ["lifecycle_stage"] = "lifecycle_stage", ["experiment_id"] = "experiment_id",
            ["creation_timestamp_ms"] = "creation_timestamp_ms", ["creation_timestamp"] = "creation_timestamp_ms", ["creation_time"] = "creation_timestamp_ms",
            ["last_updated_timestamp_ms"] = "last_updated_timestamp_ms", ["last_updated_timestamp"] = "last_updated_timestamp_ms",
        },
        OrderEntities = [SearchEntity.Metric],
        LooseValues = true,
    };
}
