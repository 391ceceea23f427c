using System.Globalization;
using Spectre.Console;
using Tutorial.Cli.Reporting;

namespace Tutorial.Cli.Grading;

/// <summary>The table at the end of grading.</summary>
internal static class GradesTable
{
    /// <summary>Writes one line for each student and one for all, then what is odd.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<GradedLesson> lessons, IReadOnlyList<StudentGrades> students)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Student");
        foreach (var lesson in lessons)
            table.AddColumn(new TableColumn(new Text(lesson.Name)));
        table.AddColumn(new TableColumn("Right").RightAligned());
        foreach (var student in students)
            table.AddRow([new Text(PrintedLine.Visible(student.Student)), .. student.Grades.Select(grade => new Text($"{Sign(grade.State)} {grade.Words}", new Style(Colour(grade.State)))), Number(student.Right)]);
        table.AddEmptyRow();
        table.AddRow([new Text(FormattableString.Invariant($"{students.Count} {(students.Count == 1 ? "student" : "students")}")), .. lessons.Select((_, i) => Number(students.Count(student => student.Grades[i].State == GradeState.Right))), Number(students.Sum(student => student.Right))]);
        console.WriteLine();
        console.Write(table);
        foreach (var student in students)
        {
            foreach (var remark in student.Remarks)
                console.WriteLine(PrintedLine.Visible($"{student.Student}: {remark}"));
        }
    }

    private static char Sign(GradeState state) => state switch { GradeState.Right => '✓', GradeState.Wrong or GradeState.Unreadable => '✗', _ => '–' };

    private static Color Colour(GradeState state) => state switch { GradeState.Right => Color.Green, GradeState.Wrong or GradeState.Unreadable => Color.Red, _ => Color.Yellow };

    private static Text Number(int number) => new(number.ToString(CultureInfo.InvariantCulture));
}
