using System.Globalization;
using System.Net;
using System.Text;
using NotebookTestRunner.Reports;

namespace Tutorial.Cli.Grading;

/// <summary>An overview of grades for people, in one file that loads nothing and runs no script: texts in it come from students.</summary>
internal static class GradesHtml
{
    private const int MostHints = 5;

    /// <summary>Builds the page.</summary>
    /// <param name="lessons">The lessons.</param>
    /// <param name="students">The grades.</param>
    /// <param name="doubtful">Lessons whose own solution is not right here, with the reason.</param>
    public static string Create(IReadOnlyList<GradedLesson> lessons, IReadOnlyList<StudentGrades> students, IReadOnlyList<(GradedLesson Lesson, string Reason)> doubtful)
    {
        var html = new StringBuilder();
        foreach (var (lesson, reason) in doubtful)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"finding\"><b>Do not believe the grades of {Text(lesson.Name)}:</b> the lesson's own solution is not right here. {Text(reason)}</p>\n");
        AppendLessons(html, lessons, students);
        AppendStudents(html, lessons, students);
        var right = students.Sum(student => student.Right);
        return HtmlReport.Page("Grades", FormattableString.Invariant($"{students.Count} {(students.Count == 1 ? "student" : "students")}, {lessons.Count} {(lessons.Count == 1 ? "lesson" : "lessons")}: {right} of {students.Count * lessons.Count} exercises are right."), html.ToString());
    }

    /// <summary>The lessons, the hardest first: where to stop and talk.</summary>
    private static void AppendLessons(StringBuilder html, IReadOnlyList<GradedLesson> lessons, IReadOnlyList<StudentGrades> students)
    {
        html.Append("<section><h2>Which exercise is hard</h2>\n<div class=\"scroll\"><table class=\"summary\">\n<caption class=\"note\">The exercises, the one that fewest of those who wrote something have right first, with what its check said most often.</caption>\n"
            + "<thead><tr><th scope=\"col\">Lesson</th><th scope=\"col\" class=\"number\">Right</th><th scope=\"col\" class=\"number\">Wrong</th><th scope=\"col\" class=\"number\">Not answered</th><th scope=\"col\" class=\"number\">Not handed in, unreadable or not graded</th><th scope=\"col\">Said most often to wrong answers</th></tr></thead>\n<tbody>\n");
        var counted = lessons.Select((lesson, i) =>
        {
            var grades = students.Select(student => student.Grades[i]).ToList();
            int Count(params GradeState[] states) => grades.Count(grade => states.Contains(grade.State));
            return (Lesson: lesson, Right: Count(GradeState.Right), Wrong: Count(GradeState.Wrong), Blank: Count(GradeState.NotAnswered), Without: Count(GradeState.NotHandedIn, GradeState.Unreadable, GradeState.NotGraded),
                Hints: grades.Where(grade => grade.State == GradeState.Wrong).GroupBy(grade => grade.Says).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostHints).ToList());
        });
        foreach (var (lesson, right, wrong, blank, without, hints) in counted.OrderBy(lesson => lesson.Right + lesson.Wrong == 0 ? 2 : (double)lesson.Right / (lesson.Right + lesson.Wrong)))
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(lesson.Name)}</th><td class=\"number\">{right}</td><td class=\"number\">{wrong}</td><td class=\"number\">{blank}</td><td class=\"number\">{without}</td><td>");
            html.AppendJoin("<br>", hints.Select(hint => FormattableString.Invariant($"{hint.Count()} × {Text(Short(hint.Key))}"))).Append("</td></tr>\n");
        }

        html.Append("</tbody></table></div></section>\n");
    }

    private static void AppendStudents(StringBuilder html, IReadOnlyList<GradedLesson> lessons, IReadOnlyList<StudentGrades> students)
    {
        html.Append("<section><h2>Students</h2>\n<div class=\"scroll\"><table class=\"summary\">\n<caption class=\"note\">A link leads to the answer as it was run, with all that it showed. Cells and errors are those of the student's own notebook as it was saved.</caption>\n<thead><tr><th scope=\"col\">Student</th><th scope=\"col\" class=\"number\">Right</th>");
        foreach (var lesson in lessons)
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Text(lesson.Name)}</th>");
        html.Append("<th scope=\"col\">Remarks</th></tr></thead>\n<tbody>\n");
        foreach (var student in students)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(student.Student)}{(student.Id is { } id ? $" <small>{Text(id)}</small>" : "")}</th><td class=\"number\">{student.Right} of {lessons.Count}</td>");
            foreach (var grade in student.Grades)
                AppendGrade(html, grade);
            html.Append(CultureInfo.InvariantCulture, $"<td>{string.Join("<br>", student.Remarks.Select(Text))}</td></tr>\n");
        }

        html.Append("</tbody></table></div></section>\n");
    }

    private static void AppendGrade(StringBuilder html, Grade grade)
    {
        var badge = $"<span class=\"badge {(grade.State switch { GradeState.Right => "passed", GradeState.Wrong or GradeState.Unreadable => "failed", _ => "skipped" })}\">{grade.Words}</span>";
        html.Append("<td>").Append(grade.Page is { } page ? $"<a href=\"{Text(page)}\">{badge}</a>" : badge);
        if (grade.State is not (GradeState.Right or GradeState.NotHandedIn))
            html.Append(CultureInfo.InvariantCulture, $"<br>{Text(Short(grade.Says))}");
        if (grade.CellsRun is { } run)
            html.Append(CultureInfo.InvariantCulture, $"<br><small>{run} of {grade.Cells} cells run{(grade.Errors is > 0 and var errors ? $", {errors} with an error" : "")}</small>");
        html.Append("</td>");
    }

    private static string Short(string says) => says.Length <= 160 ? says : $"{says[..159]}…";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
