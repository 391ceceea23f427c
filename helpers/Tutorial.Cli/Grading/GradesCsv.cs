using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tutorial.Cli.Grading;

/// <summary>
/// Grades as comma-separated values (RFC 4180): a line for each student. Texts come from students, so one that a spreadsheet would take for a formula gets an
/// apostrophe in front (https://owasp.org/www-community/attacks/CSV_Injection).
/// </summary>
internal static partial class GradesCsv
{
    private static readonly System.Buffers.SearchValues<char> s_special = System.Buffers.SearchValues.Create(",\"\r\n");

    /// <summary>Builds the text.</summary>
    public static string Create(IReadOnlyList<GradedLesson> lessons, IReadOnlyList<StudentGrades> students)
    {
        // The mark by which Excel knows UTF-8; without it "Jürgen" is not himself.
        var csv = new StringBuilder("\uFEFF");
        Append(csv, ["student", "id", "right", "of", .. lessons.SelectMany(lesson => (string[])["result", "says", "cells run", "cells", "errors", "seconds", "file"], (lesson, column) => $"{lesson.Name}: {column}"), "remarks"]);
        foreach (var student in students)
        {
            Append(csv,
            [
                student.Student, student.Id ?? "", Number(student.Right), Number(lessons.Count),
                .. student.Grades.SelectMany(grade => (string[])[grade.Words, grade.Says, Number(grade.CellsRun), Number(grade.Cells), Number(grade.Errors), Number(grade.Seconds), grade.File ?? ""]),
                string.Join(' ', student.Remarks),
            ]);
        }

        return csv.ToString();
    }

    private static void Append(StringBuilder csv, IEnumerable<string> fields) => csv.AppendJoin(',', fields.Select(Field)).Append("\r\n");

    private static string Field(string text)
    {
        // A row is a line here: people read and filter it.
        var line = Controls().Replace(text, " ").Trim();
        var harmless = Formula().IsMatch(line) ? $"'{line}" : line;
        return harmless.AsSpan().ContainsAny(s_special) ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }

    private static string Number(double? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    // The last four are the wide forms of the others, which some spreadsheets take for them.
    [GeneratedRegex("^[=+@\\-|%\uFF1D\uFF0B\uFF0D\uFF20]")]
    private static partial Regex Formula();

    [GeneratedRegex(@"[\p{Cc}\p{Zl}\p{Zp}]+")]
    private static partial Regex Controls();
}
