using MLflowSharp.Server.LightPages.Experiments;
using MLflowSharp.Server.LightPages.Forms;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Registry;

/// <summary>All registered models.</summary>
internal sealed class ModelsPage(IModelRegistryStore store)
{
    private const int OnOnePage = 100;

    public async Task<Page> ShowAsync(PageCall call, CancellationToken cancellationToken)
    {
        var found = await store.SearchRegisteredModelsAsync(NameFilter.Of(call["search"]), OnOnePage, ["name ASC"], call["page"] is { Length: > 0 } token ? token : null, cancellationToken);
        return new("Models", $"""
            <div class="bar">
            <form method="get" action="models" role="search"><label for="search">Name contains</label> <input id="search" name="search" type="search" value="{call["search"]}"> <button>Search</button></form>
            <details class="make"{Html.If(call.Error is not null, () => $" open")}><summary>New model</summary>{FormField.Begin(call, "create-model")}{FormField.Text(call, "name", "name", "Name")} <button>Create</button></form></details>
            </div>
            {(found.Count > 0 ? Table(found) : Nothing(call))}
            {Html.If(found.Token is not null, () => $"<p><a href=\"{call.With(("page", found.Token))}\">Next page</a></p>")}
            """);
    }

    private static Html Table(IEnumerable<RegisteredModel> models) => $"""
        <div class="scroll"><table>
        <thead><tr><th scope="col">Name</th><th scope="col">Newest version</th><th scope="col">Aliases</th><th scope="col">Description</th><th scope="col">Changed</th></tr></thead>
        <tbody>
        {models.Select(model => (Html)$"""
            <tr><th scope="row"><a href="{Address.Model(model.Name)}">{model.Name}</a></th>
            <td>{model.LatestVersions.MaxBy(version => version.CreationTime)?.Version}</td>
            <td>{model.Aliases.OrderBy(alias => alias.Key, StringComparer.Ordinal).Select(alias => (Html)$"<a class=\"version\" href=\"{Address.Version(model.Name, alias.Value)}\">@{alias.Key}: {alias.Value}</a> ")}</td>
            <td>{Shown.Cut((model.Description ?? "").Split('\n')[0], 80)}</td><td>{Shown.Time(model.LastUpdatedTime)}</td></tr>
            """)}
        </tbody></table></div>
        """;

    private static Html Nothing(PageCall call) => call["search"].Length > 0
        ? (Html)$"<p class=\"empty\">No model has “{call["search"]}” in its name. <a href=\"models\">Show all</a></p>"
        : $"<div class=\"empty\"><p>No registered models yet. Open a run that logged a model and register it there, or in code:</p>{CodeSample.Of(call, "Mlflow.RegisterModel(\"models:/m-…\", \"digits\");")}</div>";
}
