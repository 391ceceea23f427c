using System.Globalization;
using System.Net;
using System.Text;
using MLflowSharp.Registry;

namespace MLflowSharp;

/// <summary>
/// Runs as a table: a row for each run, and columns named as those of the DataFrame that
/// <see href="https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.search_runs">mlflow.search_runs</see> gives:
/// <c>run_id</c>, <c>run_name</c>, <c>metrics.NAME</c>, <c>params.NAME</c>, <c>tags.NAME</c>. Notebooks show it, spreadsheets read its CSV.
/// </summary>
public sealed class RunTable
{
    private static readonly Dictionary<string, Func<Run, object?>> Attributes = new(StringComparer.Ordinal)
    {
        ["run_name"] = run => run.Info.RunName,
        ["run_id"] = run => run.Info.RunId,
        ["experiment_id"] = run => run.Info.ExperimentId,
        ["status"] = run => run.Info.Status.ToString().ToUpperInvariant(),
        ["user_id"] = run => run.Info.UserId,
        ["start_time"] = run => Time(run.Info.StartTime),
        ["end_time"] = run => Time(run.Info.EndTime),
        ["artifact_uri"] = run => run.Info.ArtifactUri,
    };

    private RunTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<object?>> rows) => (Columns, Rows) = (columns, rows);

    /// <summary>Names of the columns, in their order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows, each with a value for each column: a text, a <see cref="double"/> for a metric, or null where the run has none.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows { get; }

    /// <summary>Makes a table of runs.</summary>
    /// <param name="runs">The runs, a row each.</param>
    /// <param name="columns">Which columns; without any, the run's name and all parameters and metrics.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when no run has what a column is named after; the message says what they have that is similar.</exception>
    public static RunTable Of(IEnumerable<Run> runs, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(columns);
        Run[] all = [.. runs];
        string[] logged = [.. Names("params", run => run.Data.Params.Keys), .. Names("metrics", run => run.Data.Metrics.Keys)];
        string[] known = [.. Attributes.Keys, .. logged, .. Names("tags", run => run.Data.Tags.Keys)];
        if (all.Length > 0 && columns.FirstOrDefault(column => !known.Contains(column, StringComparer.Ordinal)) is { } unknown)
            throw MlflowException.Invalid($"None of the {all.Length} runs has '{unknown}'. Most similar: {string.Join(", ", NearestNames.Find(unknown, known, count: 3))}.");
        string[] chosen = columns.Count > 0 ? [.. columns] : ["run_name", .. logged];
        return new(chosen, [.. all.Select(run => (IReadOnlyList<object?>)[.. chosen.Select(column => Value(run, column))])]);

        IEnumerable<string> Names(string kind, Func<Run, IEnumerable<string>> names) =>
            all.SelectMany(names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => $"{kind}.{name}");
    }

    /// <summary>The table as comma-separated values (RFC 4180) with a line of names; numbers have all their digits.</summary>
    public string ToCsv()
    {
        var csv = new StringBuilder();
        foreach (var row in Rows.Prepend(Columns))
            csv.AppendJoin(',', row.Select(value => Quoted(Text(value, "R")))).Append('\n');
        return csv.ToString();
    }

    /// <summary>The table as text, columns under each other.</summary>
    public override string ToString()
    {
        string[][] lines = [[.. Columns], .. Rows.Select(row => row.Select(value => Text(value, "G5")).ToArray())];
        var widths = Columns.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        return string.Join('\n', lines.Select(line => string.Join("  ", line.Select((text, column) => text.PadRight(widths[column]))).TrimEnd()));
    }

    /// <summary>How a notebook shows the table: as HTML and as text.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle()
    {
        var html = new StringBuilder("<table><thead><tr>");
        foreach (var column in Columns)
            html.Append("<th scope=\"col\">").Append(WebUtility.HtmlEncode(column)).Append("</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in Rows)
            html.Append("<tr>").AppendJoin("", row.Select(value => $"<td>{WebUtility.HtmlEncode(Text(value, "G5"))}</td>")).Append("</tr>");
        return new Dictionary<string, object> { ["text/html"] = html.Append("</tbody></table>").ToString(), ["text/plain"] = ToString() };
    }

    private static object? Value(Run run, string column) => column.Split('.', 2) switch
    {
        ["metrics", var name] => run.Data.Metrics.TryGetValue(name, out var number) ? number : null,
        ["params", var name] => run.Data.Params.GetValueOrDefault(name),
        ["tags", var name] => run.Data.Tags.GetValueOrDefault(name),
        _ => Attributes[column](run),
    };

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Text(object? value, string numbers) => value is double number ? number.ToString(numbers, CultureInfo.InvariantCulture) : value as string ?? "";

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
