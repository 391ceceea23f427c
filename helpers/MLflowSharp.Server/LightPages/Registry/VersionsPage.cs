using MLflowSharp.Server.LightPages.Comparing;
using MLflowSharp.Server.LightPages.Forms;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Server.Runs;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Registry;

/// <summary>Two versions of a model side by side: champion and challenger, if these are their aliases.</summary>
internal sealed class VersionsPage(MlflowStores stores)
{
    public async Task<Page> ShowAsync(PageCall call, CancellationToken cancellationToken)
    {
        var name = call.Required("name");
        ModelVersion[] versions =
        [
            await stores.Registry.GetModelVersionAsync(name, call.Required("first"), cancellationToken),
            await stores.Registry.GetModelVersionAsync(name, call.Required("second"), cancellationToken),
        ];
        var runs = new List<Run?>();
        foreach (var version in versions)
            runs.Add(version.RunId is { Length: > 0 } id ? await FindAsync(id, cancellationToken) : null);
        var (first, second) = (runs[0], runs[1]);
        return new($"{name}: version {versions[0].Version} and version {versions[1].Version}", $"""
            <div class="two">{versions.Select((version, index) => Card(call, version, runs[index]))}</div>
            {(first is not null && second is not null ? $"{Metrics(versions, first, second)}{new DifferenceTable(["Version " + versions[0].Version, "Version " + versions[1].Version], onlyDifferent: false).Render("Parameters", [first.Data.Params, second.Data.Params])}"
                : (Html)$"<p class=\"empty\">Not both versions know their runs, so there are no metrics to compare.</p>")}
            """)
        {
            Above = [("Models", "models"), (name, Address.Model(name))],
        };
    }

    private static Html Card(PageCall call, ModelVersion version, Run? run) => $"""
        <section aria-label="Version {version.Version}"><h2><a href="{Address.Version(version.Name, version.Version)}">Version {version.Version}</a></h2>
        {AliasList.Render(call, version)}
        <p>{Shown.Cut(version.Description ?? "", 300)}</p>
        {Html.If(run is not null, () => $"<p class=\"faint\">from the run <a href=\"{Address.Run(run!.Info.RunId)}\">{run.Info.RunName}</a></p>")}
        {Html.If(!version.Aliases.Contains("champion"), () => $"{FormField.Begin(call, "set-alias", ("model", version.Name), ("version", version.Version), ("alias", "champion"))}<button>Make version {version.Version} the champion</button></form>")}
        </section>
        """;

    private static Html Metrics(ModelVersion[] versions, Run first, Run second) => $"""
        <section aria-labelledby="metrics"><h2 id="metrics">Metrics</h2>
        <div class="scroll"><table><thead><tr><th scope="col">Metric</th>{versions.Select(version => (Html)$"<th scope=\"col\" class=\"number\">Version {version.Version}</th>")}<th scope="col" class="number">Difference</th></tr></thead><tbody>
        {first.Data.Metrics.Keys.Union(second.Data.Metrics.Keys).Where(key => !key.StartsWith("system/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(key => Row(key, first, second))}
        </tbody></table></div></section>
        """;

    private static Html Row(string key, Run first, Run second)
    {
        double? one = first.Data.Metrics.TryGetValue(key, out var value) ? value : null;
        double? other = second.Data.Metrics.TryGetValue(key, out value) ? value : null;
        var difference = other - one;
        return $"""
            <tr><th scope="row"><a href="{Address.Chart(key, [first.Info.RunId, second.Info.RunId])}">{key}</a></th><td class="number">{Cell(one)}</td><td class="number">{Cell(other)}</td>
            <td class="number">{(difference is not { } by ? Html.Empty : by == 0 ? $"<span class=\"faint\">none</span>" : (Html)$"{(by > 0 ? "▲ +" : "▼ ")}{Shown.Short(by)}")}</td></tr>
            """;

        static Html Cell(double? value) => value is { } known ? Shown.Number(known) : Html.Empty;
    }

    /// <summary>The run of a version; null when it is gone, which leaves the version as it is.</summary>
    private async Task<Run?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await RunHandlers.FindAsync(stores.Tracking, runId, cancellationToken);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            return null;
        }
    }
}
