using System.Globalization;
using System.Text;
using NotebookCorpus;

namespace Benchmarks;

/// <summary>Writes what testers said about the corpus as Markdown.</summary>
internal static class TesterTables
{
    /// <summary>How many defects each caught, how many false alarms it gave, and its time.</summary>
    public static string Summary(IReadOnlyList<TesterColumn> columns)
    {
        var defects = Corpus.All.Count(notebook => notebook.Defect is not null);
        var text = new StringBuilder();
        Line(text, ["", $"Caught, of {defects} defects", "… naming the cell", $"False alarms, of {Corpus.All.Count - defects} clean notebooks", "Time"]);
        Line(text, ["---", "---:", "---:", "---:", "---:"]);
        foreach (var column in columns)
            Line(text, [column.Name, $"{column.Count(Answer.Caught)}", $"{column.InPlace}", $"{column.Count(Answer.Alarm)}", column.Judgements.Time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s"]);
        return text.ToString();
    }

    /// <summary>A line for each notebook, with what each tester said.</summary>
    public static string Notebooks(IReadOnlyList<TesterColumn> columns)
    {
        var text = new StringBuilder();
        foreach (var clean in (bool[])[false, true])
        {
            Line(text, [clean ? "Clean, but hard" : "Defect", .. columns.Select(column => column.Name)]);
            Line(text, ["---", .. columns.Select(_ => "---")]);
            foreach (var notebook in Corpus.All.Where(notebook => notebook.Defect is null == clean))
                Line(text, [$"`{notebook.Name}`: {notebook.Defect ?? notebook.Hard}", .. columns.Select(column => Cell(column, notebook))]);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Cell(TesterColumn column, CorpusNotebook notebook)
    {
        var judgement = column.Of(notebook);
        return judgement.About(notebook) switch
        {
            Answer.Missed => "**missed**",
            Answer.Alarm => "**false alarm**",
            Answer.Quiet => "",
            _ => judgement.Cells is [] ? "caught" : $"caught, cell {string.Join(", ", judgement.Cells)}",
        };
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
