namespace Tutorial.Cli.Grading;

/// <summary>One student's grades.</summary>
/// <param name="Student">The name.</param>
/// <param name="Id">Moodle's number; null elsewhere.</param>
/// <param name="Grades">One grade for each lesson, in the lessons' order.</param>
/// <param name="Remarks">What is odd about the submission, a sentence each.</param>
internal sealed record StudentGrades(string Student, string? Id, IReadOnlyList<Grade> Grades, IReadOnlyList<string> Remarks)
{
    /// <summary>How many exercises are right.</summary>
    public int Right => Grades.Count(grade => grade.State == GradeState.Right);
}
