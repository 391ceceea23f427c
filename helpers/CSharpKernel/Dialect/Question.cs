using System.Globalization;
using CSharpKernel.Execution;

namespace CSharpKernel.Dialect;

/// <summary>Asks the user for a line of text of a given kind. Jupyter's front ends know text and passwords only, so the rest is checked here.</summary>
internal static class Question
{
    private const int MostAttempts = 3;

    /// <summary>Asks until the answer is of the kind wanted.</summary>
    /// <param name="cell">The cell that asks.</param>
    /// <param name="prompt">What stands before the input box.</param>
    /// <param name="typeHint">The kind: <c>text</c>, <c>password</c>, <c>number</c>, <c>date</c> or <c>file</c>; others are taken as text.</param>
    /// <exception cref="FormatException">Three answers were of another kind.</exception>
    public static async Task<string> AskAsync(CellContext cell, string prompt, string? typeHint)
    {
        var kind = typeHint?.Trim().ToLowerInvariant();
        for (var attempt = 1; ; attempt++)
        {
            var answer = await cell.ReadInputAsync(prompt, kind == "password");
            if (Fault(answer, kind, cell.Engine.Folder) is not { } fault)
                return answer;
            if (attempt == MostAttempts)
                throw new FormatException($"'{answer}' {fault}, which the question \"{prompt}\" asks for.");
            cell.Write("stderr", $"'{answer}' {fault}. Please answer again.\n");
        }
    }

    private static string? Fault(string answer, string? kind, string folder) => kind switch
    {
        "number" when !double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => "is no number (such as 12 or 0.5)",
        "date" when !DateOnly.TryParse(answer, CultureInfo.InvariantCulture, out _) => "is no date (such as 2026-11-25)",
        "file" when !File.Exists(Path.GetFullPath(answer.Trim(), folder)) => "is no file that exists (paths start at the notebook's folder)",
        _ => null,
    };
}
