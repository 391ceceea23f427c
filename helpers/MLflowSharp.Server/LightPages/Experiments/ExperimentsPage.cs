using MLflowSharp.Context;
using MLflowSharp.Server.LightPages.Forms;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Experiments;

/// <summary>All experiments: find one by its name, make one, bring a deleted one back.</summary>
internal sealed class ExperimentsPage(ITrackingStore store)
{
    private const int OnOnePage = 100;

    public async Task<Page> ShowAsync(PageCall call, CancellationToken cancellationToken)
    {
        var deleted = call["view"] == "deleted";
        var found = await store.SearchExperimentsAsync(
            NameFilter.Of(call["search"]), deleted ? ViewType.DeletedOnly : ViewType.ActiveOnly, OnOnePage, null, call["page"] is { Length: > 0 } token ? token : null, cancellationToken);
        return new(deleted ? "Deleted experiments" : "Experiments", $"""
            <div class="bar">
            <form method="get" action="experiments" role="search">
            <label for="search">Name contains</label> <input id="search" name="search" type="search" value="{call["search"]}">
            {Html.If(deleted, () => $"<input type=\"hidden\" name=\"view\" value=\"deleted\">")} <button>Search</button>
            </form>
            {(deleted ? Html.Empty : New(call))}
            </div>
            {(found.Count == 0 ? Nothing(call, deleted) : Table(call, found, deleted))}
            {Html.If(found.Token is not null, () => $"<p><a href=\"{call.With(("page", found.Token))}\">Next page</a></p>")}
            <p>{(deleted ? $"<a href=\"experiments\">Active experiments</a>" : (Html)$"<a href=\"experiments?view=deleted\">Deleted experiments</a>")}</p>
            """);
    }

    private static Html New(PageCall call) => $"""
        <details class="make"{Html.If(call.Error is not null, () => $" open")}><summary>New experiment</summary>
        {FormField.Begin(call, "create-experiment")}{FormField.Text(call, "name", "name", "Name")} <button>Create</button></form></details>
        """;

    private static Html Table(PageCall call, IEnumerable<Experiment> experiments, bool deleted) => $"""
        <div class="scroll"><table>
        <thead><tr><th scope="col">Name</th><th scope="col">Description</th><th scope="col">Created</th><th scope="col">Changed</th>{Html.If(deleted, () => $"<th scope=\"col\">Bring back</th>")}</tr></thead>
        <tbody>
        {experiments.Select(experiment => (Html)$"""
            <tr><th scope="row"><a href="{Address.Experiment(experiment.ExperimentId)}">{experiment.Name}</a></th>
            <td>{Shown.Cut((experiment.Tags.GetValueOrDefault(SystemTags.Note) ?? "").Split('\n')[0], 80)}</td>
            <td>{Shown.Time(experiment.CreationTime)}</td><td>{Shown.Time(experiment.LastUpdateTime)}</td>
            {Html.If(deleted, () => $"<td>{FormField.Begin(call, "restore-experiment", ("experiment", experiment.ExperimentId))}<button aria-label=\"Restore {experiment.Name}\">Restore</button></form></td>")}</tr>
            """)}
        </tbody></table></div>
        """;

    private static Html Nothing(PageCall call, bool deleted) =>
        call["search"].Length > 0 ? (Html)$"<p class=\"empty\">No experiment has “{call["search"]}” in its name. <a href=\"{call.With(("search", null), ("page", null))}\">Show all</a></p>"
        : deleted ? (Html)$"<p class=\"empty\">Nothing was deleted.</p>"
        : $"""
            <div class="empty"><p>No experiments yet. One is made when code asks for it:</p>
            {CodeSample.Of(call, "Mlflow.SetExperiment(\"my first experiment\");\nusing var run = Mlflow.StartRun();\nMlflow.LogMetric(\"accuracy\", 0.97);")}</div>
            """;
}
