using MLflowSharp.Server.LightPages.Forms;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Registry;

/// <summary>One version of a registered model.</summary>
internal sealed class VersionPage(MlflowStores stores)
{
    public async Task<Page> ShowAsync(PageCall call, CancellationToken cancellationToken)
    {
        var version = await stores.Registry.GetModelVersionAsync(call.Required("name"), call.Required("version"), cancellationToken);
        (string, string?)[] of = [("model", version.Name), ("version", version.Version)];
        return new($"{version.Name}, version {version.Version}", $"""
            <p class="facts">Registered {Shown.Time(version.CreationTime)}{Html.If(version.RunId is not null, () => $" from <a href=\"{Address.Run(version.RunId!)}\">this run</a>")}. <a href="{Address.Of("artifacts", ("name", version.Name), ("version", version.Version))}">Its files</a></p>
            {Html.If(!string.IsNullOrWhiteSpace(version.Description), () => SafeMarkdown.Render(version.Description!))}
            {Html.If(version.Status != ModelVersionStatus.Ready, () => $"<p class=\"alert\">This version is not ready: {version.StatusMessage ?? version.Status.ToString()}.</p>")}
            <section aria-labelledby="aliases"><h2 id="aliases">Aliases</h2>{AliasList.Render(call, version)}{AliasList.Form(call, version, "alias")}</section>
            <section aria-labelledby="load"><h2 id="load">Load it</h2>{CodeSample.Of(call, $"using var model = Mlflow.LoadModel(\"models:/{version.Name}{(version.Aliases.Count > 0 ? "@" + version.Aliases[0] : "/" + version.Version)}\");")}</section>
            {TagList.Render(call, version.Tags, "tag-version", "untag-version", of)}
            <details class="manage"{Html.If(call.Error is not null, () => $" open")}><summary>Manage this version</summary>
            <p class="faint">Source <code>{version.Source}</code></p>
            {FormField.Begin(call, "describe-version", of)}<label for="note">Description, in Markdown</label> <textarea id="note" name="text" rows="4">
            {version.Description}</textarea> <button>Save</button></form>
            {FormField.Confirm(call, "delete-version", "Delete…", "The version is deleted for good, with its tags and aliases. Its files and its run stay.", $"Delete version {version.Version}", of)}
            </details>
            """)
        {
            Above = [("Models", "models"), (version.Name, Address.Model(version.Name))],
        };
    }
}
