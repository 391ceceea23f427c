using System.Net;
using System.Text;

namespace Tutorial.Helpers;

/// <summary>How far a reader is with the course, shown in a notebook as a table.</summary>
/// <param name="Lessons">The lessons that have an exercise, in order.</param>
public sealed record CourseProgress(IReadOnlyList<LessonProgress> Lessons)
{
    /// <summary>How many lessons are done.</summary>
    public int Done => Lessons.Count(lesson => lesson.State == LessonState.Done);

    /// <summary>The first lesson that is not done; null when all are.</summary>
    public LessonProgress? Next => Lessons.FirstOrDefault(lesson => lesson.State != LessonState.Done);

    /// <summary>How far, and what comes next, in one sentence.</summary>
    public string Summary => Next is { } next
        ? FormattableString.Invariant($"{Done} of {Lessons.Count} done, about {Lessons.Where(lesson => lesson.State != LessonState.Done).Sum(lesson => lesson.Minutes ?? 0)} minutes to go. Next: {next.Title}.")
        : FormattableString.Invariant($"All {Lessons.Count} done. Well done!");

    /// <summary>The table as HTML and as text, by MIME type.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle()
    {
        var html = new StringBuilder("<table><caption>").Append(WebUtility.HtmlEncode(Summary)).Append("</caption><thead><tr><th scope=\"col\">Lesson</th><th scope=\"col\">Minutes</th><th scope=\"col\">State</th></tr></thead><tbody>");
        foreach (var lesson in Lessons)
        {
            html.Append("<tr><td style=\"text-align:left\"><a href=\"").Append(WebUtility.HtmlEncode(Uri.EscapeDataString(lesson.File))).Append("\">").Append(WebUtility.HtmlEncode(lesson.Title))
                .Append(FormattableString.Invariant($"</a></td><td>{lesson.Minutes}</td><td style=\"text-align:left\">{lesson.Sign} {lesson.Words}</td></tr>"));
        }

        return new Dictionary<string, object> { ["text/html"] = html.Append("</tbody></table>").ToString(), ["text/plain"] = ToString() };
    }

    /// <summary>The table as lines of text.</summary>
    public override string ToString() =>
        string.Join('\n', Lessons.Select(lesson => FormattableString.Invariant($"{lesson.Sign} {lesson.Title}{(lesson.Minutes is { } minutes ? $" ({minutes} min)" : "")}: {lesson.Words}")).Append(Summary));
}
