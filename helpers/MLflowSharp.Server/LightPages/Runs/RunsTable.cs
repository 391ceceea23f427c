using MLflowSharp.Context;
using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages.Runs;

/// <summary>The table of runs. Its headings order it, and its boxes choose runs to compare.</summary>
internal sealed class RunsTable(PageCall call, IReadOnlyList<RunColumn> columns, DateTimeOffset now)
{
    public Html Render(Experiment experiment, IReadOnlyCollection<Run> runs) => $"""
        <form method="get" action="compare">
        <div class="scroll" tabindex="0" role="region" aria-label="Runs of {experiment.Name}"><table data-live-part="runs">
        <thead><tr><th scope="col"><span class="hidden">Choose</span></th>
        {Heading("Run", "attributes.run_name")}{Heading("State", "attributes.status")}{Heading("Started", "attributes.start_time")}<th scope="col">Took</th>
        {columns.Select(column => Heading(column.Key, column.OrderKey, column.Kind == "metrics"))}</tr></thead>
        <tbody>
        {runs.Select(Row)}
        </tbody></table></div>
        <p class="bar"><button>Compare the chosen runs</button> <span class="faint">{runs.Count} {(runs.Count == 1 ? "run" : "runs")} on this page</span></p>
        </form>
        """;

    private Html Row(Run run) => $"""
        <tr><td><input type="checkbox" name="run" value="{run.Info.RunId}" aria-label="Choose {run.Info.RunName}"></td>
        <th scope="row">{Html.If(run.Data.Tags.ContainsKey(SystemTags.ParentRunId), () => $"<span class=\"faint\" title=\"within another run\">↳ </span>")}<a href="{Address.Run(run.Info.RunId)}">{(run.Info.RunName.Length > 0 ? run.Info.RunName : run.Info.RunId)}</a></th>
        <td>{Shown.Status(run.Info)}</td><td>{Shown.Time(run.Info.StartTime)}</td><td>{Shown.Duration(run.Info, now)}</td>
        {columns.Select(column => (Html)$"<td{Html.If(column.Kind == "metrics", () => $" class=\"number\"")}>{column.Show(run)}</td>")}</tr>
        """;

    /// <summary>A heading that is a link: the first time the greatest first, then the other way round.</summary>
    private Html Heading(string name, string key, bool isNumber = false)
    {
        var direction = call["order"] == $"{key} DESC" ? "descending" : call["order"] == $"{key} ASC" ? "ascending" : null;
        var next = direction == "descending" ? "ASC" : "DESC";
        return $"""
            <th scope="col"{Html.If(isNumber, () => $" class=\"number\"")}{Html.If(direction is not null, () => $" aria-sort=\"{direction}\"")}><a href="{call.With(("order", $"{key} {next}"), ("page", null))}">{name}{Html.If(direction is not null, () => $" <span aria-hidden=\"true\">{(direction == "descending" ? "▾" : "▴")}</span>")}</a></th>
            """;
    }
}
