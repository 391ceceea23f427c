using MLflowSharp.Search;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlSearch
{
    public void FilterRegisteredModels(IReadOnlyList<SearchClause> clauses, RegistrySession registry)
    {
        const string OfModel = "x.name = m.name";
        Require($"{registry.Own("m.")}TRUE");
        Filter(clauses, "registered_model_tags", $"{registry.Own("x.")}{OfModel}", clause => Compare("m.name", clause.Comparator, clause.Value));
    }

    public void OrderRegisteredModels(IReadOnlyList<SearchOrder> orders)
    {
        foreach (var (_, key, ascending) in orders)
            Order((key == "name" ? "m.name" : "m.last_updated_time") + (ascending ? "" : " DESC"));
        if (!orders.Any(order => order.Key == "name"))
            Order("m.name");
    }

    public void FilterModelVersions(IReadOnlyList<SearchClause> clauses, RegistrySession registry)
    {
        Require($"{registry.Own("v.")}v.current_stage <> '{ModelStages.Deleted}'");
        Filter(clauses, "model_version_tags", $"{registry.Own("x.")}x.name = v.name AND x.version = v.version", clause => Compare(VersionColumn(clause.Key), clause.Comparator, clause.Value),
            promptOwner: $"{registry.Own("x.")}x.name = v.name");
    }

    public void OrderModelVersions(IReadOnlyList<SearchOrder> orders)
    {
        if (orders.Count == 0)
            orders = [new(SearchEntity.Attribute, "last_updated_timestamp", Ascending: false)];
        foreach (var (_, key, ascending) in orders)
            Order(VersionColumn(key) + (ascending ? "" : " DESC"));
        if (!orders.Any(order => order.Key == "name"))
            Order("v.name");
        if (!orders.Any(order => order.Key == "version_number"))
            Order("v.version DESC");
    }

    private void Filter(IReadOnlyList<SearchClause> clauses, string tags, string owner, Func<SearchClause, string> attribute, string? promptOwner = null)
    {
        var (hidePrompts, others) = SearchSchema.WithoutPrompts(clauses);
        if (hidePrompts)
            Require($"NOT {Exists(tags, SearchSchema.PromptTag, "x.value = 'true'", promptOwner ?? owner)}");
        foreach (var clause in others)
            Require(clause.Entity == SearchEntity.Tag ? Exists(tags, clause.Key, clause.Comparator, clause.Value, owner) : attribute(clause));
    }

    private static string VersionColumn(string key) => "v." + key switch
    {
        "version_number" => "version",
        "source_path" => "source",
        "creation_timestamp" => "creation_time",
        "last_updated_timestamp" => "last_updated_time",
        _ => key,
    };
}
