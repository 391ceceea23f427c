using NotebookTestRunner.Reports;
using Tutorial.Cli.Reporting;

namespace Tutorial.Cli.Grading;

/// <summary>The files with grades, written while answers are run, so that they hold all that is known whatever happens next.</summary>
internal static class GradeReports
{
    /// <summary>The overview.</summary>
    public static ReportFile Html(string path, Gradebook book) => new("Overview", path, (file, results) => Write(file, GradesHtml.Create(book.Lessons, book.Grade(results), book.Doubtful(results))));

    /// <summary>A line for each student.</summary>
    public static ReportFile Csv(string path, Gradebook book) => new("CSV", path, (file, results) => Write(file, GradesCsv.Create(book.Lessons, book.Grade(results))));

    /// <summary>The same for programs.</summary>
    public static ReportFile Json(string path, Gradebook book) => new("JSON", path, (file, results) => Write(file, GradesJson.Create(book.Lessons, book.Grade(results))));

    /// <summary>A page for each answer, with all that it showed; each is written once.</summary>
    public static ReportFile Pages(string folder, Gradebook book)
    {
        var written = new HashSet<string>();
        return new("Answers", folder, async (path, results) =>
        {
            foreach (var (attempt, result) in book.Attempts.Join(results, attempt => attempt.Path, result => result.Path, (attempt, result) => (attempt, result)))
            {
                if (result.StartedAt != default && !written.Contains(attempt.Name))
                {
                    await HtmlReport.WriteAsync(Path.Combine(path, $"{attempt.Name}.html"), [result], $"{attempt.Lesson.Name}: {(attempt.Answers is null ? attempt.Who : string.Join(", ", attempt.Students))}");
                    written.Add(attempt.Name);
                }
            }
        });
    }

    private static Task Write(string path, string text) => TextReport.WriteAsync(path, text);
}
