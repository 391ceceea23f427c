using MLflowSharp.Server.LightPages.Forms;
using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages.Registry;

/// <summary>The aliases of a version, to remove, and a form for one more.</summary>
internal static class AliasList
{
    public static Html Render(PageCall call, ModelVersion version) => $"""
        <ul class="tags">{version.Aliases.Select(alias => (Html)$"""
            <li>@{alias} {FormField.Begin(call, "remove-alias", ("model", version.Name), ("alias", alias))}<button class="quiet" aria-label="Remove the alias {alias}">×</button></form></li>
            """)}</ul>
        """;

    public static Html Form(PageCall call, ModelVersion version, string id) => $"""
        {FormField.Begin(call, "set-alias", ("model", version.Name), ("version", version.Version))}<label class="hidden" for="{id}">Alias for version {version.Version}</label><input id="{id}" name="alias" placeholder="champion" required size="12" autocomplete="off"> <button>Set</button></form>
        """;
}
