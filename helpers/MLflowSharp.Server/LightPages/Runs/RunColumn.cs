using System.Globalization;
using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages.Runs;

/// <summary>A column of the table of runs that somebody has logged.</summary>
/// <param name="Kind"><c>metrics</c>, <c>params</c> or <c>tags</c>, as MLflow's filters say.</param>
/// <param name="Key">The name.</param>
internal sealed record RunColumn(string Kind, string Key)
{
    private const int LongestValue = 60;

    public string Name => $"{Kind}.{Key}";

    /// <summary>What asks a search for this order. A name stands in backticks, or where it has some of its own in quotes.</summary>
    public string OrderKey => $"{Kind}.{(Key.Contains('`', StringComparison.Ordinal) ? $"\"{Key}\"" : $"`{Key}`")}";

    public static RunColumn? Parse(string text) =>
        text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && text[..dot] is "metrics" or "params" or "tags" && dot + 1 < text.Length ? new(text[..dot], text[(dot + 1)..]) : null;

    /// <summary>All that these runs have, metrics first; what MLflow writes for itself is left out.</summary>
    public static List<RunColumn> Of(IReadOnlyCollection<Run> runs) =>
    [
        .. Keys("metrics", runs.SelectMany(run => run.Data.LatestMetrics.Select(metric => metric.Key)).Where(key => !key.StartsWith("system/", StringComparison.Ordinal))),
        .. Keys("params", runs.SelectMany(run => run.Data.Params.Keys)),
        .. Keys("tags", runs.SelectMany(run => run.Data.Tags.Keys).Where(key => !key.StartsWith("mlflow.", StringComparison.Ordinal))),
    ];

    /// <summary>What is worth seeing when nobody chose: a few metrics, and the parameters in which the runs differ.</summary>
    public static List<RunColumn> Usual(IReadOnlyCollection<Run> runs)
    {
        var all = Of(runs);
        var differ = all.Where(column => column.Kind == "params" && (runs.Count == 1 || runs.Select(column.TextOf).Distinct().Count() > 1));
        return [.. all.Where(column => column.Kind == "metrics").Take(4), .. differ.Take(4)];
    }

    public Html Show(Run run)
    {
        if (Kind == "metrics")
            return run.Data.Metrics.TryGetValue(Key, out var value) ? Shown.Number(value) : Html.Empty;
        return TextOf(run) is not { } text ? Html.Empty : text.Length <= LongestValue ? (Html)$"{text}" : $"<span title=\"{text}\">{Shown.Cut(text, LongestValue)}</span>";
    }

    private string? TextOf(Run run) => Kind switch
    {
        "metrics" => run.Data.Metrics.TryGetValue(Key, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : null,
        "params" => run.Data.Params.GetValueOrDefault(Key),
        _ => run.Data.Tags.GetValueOrDefault(Key),
    };

    private static IEnumerable<RunColumn> Keys(string kind, IEnumerable<string> keys) => keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(key => new RunColumn(kind, key));
}
