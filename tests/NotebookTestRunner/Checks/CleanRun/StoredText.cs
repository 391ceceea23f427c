using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Checks.CleanRun;

/// <summary>Everything in a cell that can be read as text.</summary>
internal static class StoredText
{
    /// <summary>The texts of a cell, each with where it stands.</summary>
    public static IEnumerable<(string Where, string Text)> Of(NotebookCell cell) =>
        [("The cell's text", cell.Source), .. cell.Outputs.SelectMany((output, i) => Of(output, $"Output {i + 1}"))];

    private static IEnumerable<(string Where, string Text)> Of(CellOutput output, string where) => output switch
    {
        StreamOutput printed => [(where, printed.Text)],
        ErrorOutput error => [(where, string.Join('\n', [error.Value, .. error.Traceback]))],
        DisplayOutput display => display.Data.Where(form => IsText(form.Key)).Select(form => ($"{where} ({form.Key})", display.Text(form.Key) ?? form.Value?.ToJsonString() ?? "")),
        _ => [],
    };

    private static bool IsText(string mimeType) => !mimeType.StartsWith("image/", StringComparison.Ordinal) || mimeType == "image/svg+xml";
}
