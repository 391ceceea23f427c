using MLflowSharp.Server.LightPages.Forms;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Registry;

/// <summary>A registered model with its versions and aliases.</summary>
internal sealed class ModelPage(IModelRegistryStore store)
{
    private const int OnOnePage = 200;

    public async Task<Page> ShowAsync(PageCall call, CancellationToken cancellationToken)
    {
        var model = await store.GetRegisteredModelAsync(call.Required("name"), cancellationToken);
        var versions = await store.SearchModelVersionsAsync(
            VersionFilter.Of(model.Name), OnOnePage, ["version_number DESC"], call["page"] is { Length: > 0 } token ? token : null, cancellationToken);
        return new(model.Name, $"""
            {Html.If(!string.IsNullOrWhiteSpace(model.Description), () => SafeMarkdown.Render(model.Description!))}
            {Champions(model)}
            {(versions.Count > 0 ? Versions(call, model, versions) : $"<div class=\"empty\"><p>No versions yet. Open a run that logged a model and register it as “{model.Name}”.</p></div>")}
            {Html.If(versions.Token is not null, () => $"<p><a href=\"{call.With(("page", versions.Token))}\">Next page</a></p>")}
            {TagList.Render(call, model.Tags, "tag-model", "untag-model", ("model", model.Name))}
            <details class="manage"{Html.If(call.Error is not null, () => $" open")}><summary>Manage this model</summary>
            {FormField.Begin(call, "rename-model", ("model", model.Name))}{FormField.Text(call, "new-name", "name", "Name", model.Name)} <button>Rename</button></form>
            {FormField.Begin(call, "describe-model", ("model", model.Name))}<label for="note">Description, in Markdown</label> <textarea id="note" name="text" rows="4">
            {model.Description}</textarea> <button>Save</button></form>
            {FormField.Confirm(call, "delete-model", "Delete…", "The model and all its versions are deleted for good. The files and the runs stay.", "Delete the model", ("model", model.Name))}
            </details>
            """)
        {
            Above = [("Models", "models")],
        };
    }

    /// <summary>The two that teachers speak of, when there are both.</summary>
    private static Html Champions(RegisteredModel model) => Html.If(
        model.Aliases.TryGetValue("champion", out var champion) & model.Aliases.TryGetValue("challenger", out var challenger) && champion != challenger,
        () => $"<p class=\"bar\"><a class=\"button\" href=\"{Address.Versions(model.Name, champion!, challenger!)}\">Compare champion and challenger</a></p>");

    private static Html Versions(PageCall call, RegisteredModel model, PagedList<ModelVersion> versions) => $"""
        <form method="get" action="versions" id="pick"><input type="hidden" name="name" value="{model.Name}"></form>
        <div class="scroll"><table>
        <thead><tr><th scope="col">Version</th><th scope="col">Aliases</th><th scope="col">Description</th><th scope="col">Run</th><th scope="col">Registered</th><th scope="col">New alias</th></tr></thead>
        <tbody>
        {versions.Select(version => (Html)$"""
            <tr><th scope="row"><a href="{Address.Version(model.Name, version.Version)}">Version {version.Version}</a></th>
            <td>{AliasList.Render(call, version)}</td>
            <td>{Shown.Cut((version.Description ?? "").Split('\n')[0], 80)}</td>
            <td>{Html.If(version.RunId is not null, () => $"<a href=\"{Address.Run(version.RunId!)}\">run</a>")}</td><td>{Shown.Time(version.CreationTime)}</td>
            <td>{AliasList.Form(call, version, $"alias-{version.Version}")}</td></tr>
            """)}
        </tbody></table></div>
        {Html.If(versions.Count > 1, () => $"""
            <p class="bar"><label for="first">Compare version</label> {Choose("first", versions, 1)} <label for="second">with</label> {Choose("second", versions, 0)} <button form="pick">Compare</button></p>
            """)}
        """;

    private static Html Choose(string id, PagedList<ModelVersion> versions, int chosen) => $"""
        <select id="{id}" name="{id}" form="pick">{versions.Select((version, index) => (Html)$"<option{Html.If(index == chosen, () => $" selected")}>{version.Version}</option>")}</select>
        """;
}
