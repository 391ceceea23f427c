using MLflowSharp.Context;
using MLflowSharp.Server.LightPages.Forms;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Runs;

/// <summary>The runs of an experiment: filter, order, choose columns, and choose runs to compare.</summary>
internal sealed class RunsPage(ITrackingStore store, TimeProvider time)
{
    private const int OnOnePage = 100;

    public async Task<Page> ShowAsync(PageCall call, CancellationToken cancellationToken)
    {
        var experiment = await store.GetExperimentAsync(call.Required("experiment"), cancellationToken);
        var view = call["view"] switch { "deleted" => ViewType.DeletedOnly, "all" => ViewType.All, _ => ViewType.ActiveOnly };
        PagedList<Run> runs;
        MlflowException? wrong = null;
        try
        {
            runs = await store.SearchRunsAsync(
                [experiment.ExperimentId], call["filter"], view, OnOnePage, call["order"] is { Length: > 0 } order ? [order] : null, call["page"] is { Length: > 0 } token ? token : null, cancellationToken);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.InvalidParameterValue)
        {
            (runs, wrong) = (new([], null), error);
        }

        var columns = call.All("column").Select(RunColumn.Parse).OfType<RunColumn>().ToList();
        if (columns.Count == 0)
            columns = RunColumn.Usual(runs);
        var note = experiment.Tags.GetValueOrDefault(SystemTags.Note);
        return new(experiment.Name, $"""
            {Html.If(!string.IsNullOrWhiteSpace(note), () => SafeMarkdown.Render(note!))}
            {Filter(call, experiment, wrong, columns, runs)}
            {(runs.Count > 0 ? new RunsTable(call, columns, time.GetUtcNow()).Render(experiment, runs) : wrong is null ? Nothing(call, experiment) : Html.Empty)}
            {Html.If(runs.Token is not null || call["page"].Length > 0, () => Paging(call, runs.Token))}
            {Manage(call, experiment, note)}
            """)
        {
            Above = [("Experiments", "experiments")],
            IsLive = runs.Any(run => run.Info.Status == RunStatus.Running && run.Info.LifecycleStage == LifecycleStage.Active),
            Status = wrong is null ? 200 : 400,
        };
    }

    private static Html Filter(PageCall call, Experiment experiment, MlflowException? wrong, List<RunColumn> columns, IReadOnlyCollection<Run> runs) => $"""
        <form method="get" action="runs" class="filter" role="search">
        <input type="hidden" name="experiment" value="{experiment.ExperimentId}">
        {Html.If(call["order"].Length > 0, () => $"<input type=\"hidden\" name=\"order\" value=\"{call["order"]}\">")}
        <label for="filter">Filter</label>
        <input id="filter" name="filter" type="search" value="{call["filter"]}" placeholder="metrics.accuracy > 0.9 and params.optimizer = 'Adam'" spellcheck="false" autocapitalize="off"{Html.If(wrong is not null, () => $" aria-invalid=\"true\" aria-describedby=\"filter-error\"")}>
        <label for="view">Show</label>
        <select id="view" name="view">{new[] { ("active", "active runs"), ("deleted", "deleted runs"), ("all", "both") }.Select(item => (Html)$"<option value=\"{item.Item1}\"{Html.If(call["view"] == item.Item1, () => $" selected")}>{item.Item2}</option>")}</select>
        <button>Apply</button>
        {PageFrame.Alert(wrong, "filter-error")}
        {Columns(columns, RunColumn.Of(runs))}
        </form>
        """;

    private static Html Columns(List<RunColumn> chosen, List<RunColumn> all) => Html.If(all.Count > 0, () => $"""
        <details class="columns"><summary>Columns</summary>
        {all.Union(chosen).GroupBy(column => column.Kind).Select(group => (Html)$"""
            <fieldset><legend>{(group.Key switch { "metrics" => "Metrics", "params" => "Parameters", _ => "Tags" })}</legend>
            {group.Select(column => (Html)$"<label><input type=\"checkbox\" name=\"column\" value=\"{column.Name}\"{Html.If(chosen.Contains(column), () => $" checked")}> {column.Key}</label> ")}
            </fieldset>
            """)}
        <button>Show these columns</button></details>
        """);

    private static Html Paging(PageCall call, string? next) => $"""
        <nav class="paging" aria-label="Pages">{Html.If(call["page"].Length > 0, () => $"<a href=\"{call.With(("page", null))}\">First page</a> ")}{Html.If(next is not null, () => $"<a href=\"{call.With(("page", next))}\">Next page</a>")}</nav>
        """;

    private static Html Nothing(PageCall call, Experiment experiment) =>
        call["filter"].Length > 0 || call["view"] is "deleted"
            ? (Html)$"<p class=\"empty\">No run matches. <a href=\"{Address.Experiment(experiment.ExperimentId)}\">Show all active runs</a></p>"
            : $"""
                <div class="empty"><p>No runs yet. Here is the code to log one:</p>
                {CodeSample.Of(call, $"Mlflow.SetExperiment(\"{experiment.Name.Replace("\"", "\\\"", StringComparison.Ordinal)}\");\nusing var run = Mlflow.StartRun();\nMlflow.LogParam(\"learning_rate\", 0.01);\nMlflow.LogMetric(\"accuracy\", 0.97);")}</div>
                """;

    private static Html Manage(PageCall call, Experiment experiment, string? note) => experiment.LifecycleStage == LifecycleStage.Deleted
        ? (Html)$"<p class=\"notice\">This experiment is deleted.</p>{FormField.Begin(call, "restore-experiment", ("experiment", experiment.ExperimentId))}<button>Restore</button></form>"
        : $"""
            <details class="manage"{Html.If(call.Error is not null, () => $" open")}><summary>Manage this experiment</summary>
            <p class="faint">Identifier <code>{experiment.ExperimentId}</code>, artifacts at <code>{experiment.ArtifactLocation}</code></p>
            {FormField.Begin(call, "rename-experiment", ("experiment", experiment.ExperimentId))}{FormField.Text(call, "new-name", "name", "Name", experiment.Name)} <button>Rename</button></form>
            {FormField.Begin(call, "describe-experiment", ("experiment", experiment.ExperimentId))}<label for="note">Description, in Markdown</label> <textarea id="note" name="text" rows="4">
            {note}</textarea> <button>Save</button></form>
            {FormField.Confirm(call, "delete-experiment", "Delete…", "The experiment and its runs go to the trash, from where they can be restored.", "Delete the experiment", ("experiment", experiment.ExperimentId))}
            </details>
            """;
}
